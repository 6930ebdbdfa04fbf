"""Human or machine? Reasons in their places, and only as surely as the contacts say."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import kapula
from kapula.analyses.contact_reasons.contrast import Gap
from kapula.analyses.contact_reasons.example import KINDS, example
from kapula.analyses.contact_reasons.place import Axes, certainty, p_of
from kapula.errors import OffScaleError, ParameterError
from kapula_cli.main import main

COLUMNS = ("reason", "effort", "feeling", "resolved")


def ask(table, **more):
    return kapula.contact_reasons(table, *COLUMNS, **more)


@pytest.fixture(scope="module")
def found():
    return kapula.contact_reasons(example().table, **example().keywords)


def of(result, name):
    return next(one for one in result.reasons if one.name == name)


def world(seed, n=1200, reasons=6, customers=400):
    """Contacts whose reasons differ in nothing, of customers who do."""
    rng = np.random.default_rng(seed)
    who = rng.integers(0, customers, n)
    mood = rng.normal(size=customers)[who]
    return pa.table(
        {
            "reason": rng.integers(0, reasons, n),
            "effort": 3 + mood + rng.normal(size=n),
            "feeling": 1.5 + mood + rng.normal(size=n),
            "resolved": rng.random(n) < 0.7,
            "customer": who,
        }
    )


class TestPlaces:
    def test_each_kind_is_found_where_it_was_put(self, found):
        assert found.verdict == "placed"
        places = {one.name: one.verdict for one in found.reasons}
        assert places["opening_hours"] == "automate"
        assert places["unclear_invoice"] == "remove_cause"
        assert places["bereavement"] == "help_human"
        assert places["address_change"] == "leave"

    def test_what_lies_near_a_line_is_not_sure_and_says_which_place_is_likeliest(self, found):
        other = of(found, "other")
        assert other.verdict == "not_sure"
        assert other.likely == max(other.certainty, key=other.certainty.get)
        assert sum(other.certainty.values()) == pytest.approx(1)

    def test_figures_are_of_the_reason_with_their_intervals(self, found):
        rows = example().table.to_pandas()
        for name in KINDS:
            mine, one = rows[rows.reason == name], of(found, name)
            assert one.n == len(mine)
            assert one.volume.value == pytest.approx(len(mine) / len(rows))
            assert one.effort.value == pytest.approx(mine.effort.mean())
            assert one.emotion.value == pytest.approx(mine.feeling.mean())
            assert one.resolved.value == pytest.approx(mine.resolved.mean())
            assert one.effort.low < one.effort.value < one.effort.high

    def test_ease_is_effort_turned_round(self, found):
        table = example().table
        ease = table.set_column(1, "effort", pa.array(6 - np.array(table["effort"])))
        turned = kapula.contact_reasons(ease, **example().keywords, effort_is="ease")
        assert [one.verdict for one in turned.reasons] == [one.verdict for one in found.reasons]
        assert of(turned, "other").effort.value == pytest.approx(6 - of(found, "other").effort.value)

    def test_a_score_with_two_sides_counts_by_its_distance_from_neutral(self, found):
        table = example().table
        side = np.where(np.arange(table.num_rows) % 2, 1, -1)
        score = table.set_column(2, "feeling", pa.array(3 + side * np.array(table["feeling"])))
        assert kapula.contact_reasons(score, **example().keywords, neutral=3.0).reasons == found.reasons

    def test_lines_that_are_given_divide_the_map(self):
        lines = {"effort": 3.0, "emotion": 2.0, "resolved": 0.6, "volume": 0.1}
        result = kapula.contact_reasons(example().table, **example().keywords, lines=lines)
        assert result.lines == lines
        assert of(result, "delivery").verdict == "automate"
        assert of(result, "bereavement").verdict == "help_human"

    def test_a_contact_may_have_several_reasons(self):
        table = example().table
        lists = [[one, "also"] if row % 3 == 0 else [one] for row, one in enumerate(table["reason"].to_pylist())]
        result = kapula.contact_reasons(table.set_column(0, "reason", pa.array(lists)), **example().keywords)
        assert result.n == table.num_rows
        assert of(result, "also").n == 500
        assert of(result, "also").volume.value == pytest.approx(1 / 3)


class TestHonesty:
    def test_reasons_of_few_contacts_are_not_told(self):
        table = example().table.to_pylist()
        table += [{**table[0], "reason": "rare", "customer": f"new{row}"} for row in range(5)]
        rare = of(kapula.contact_reasons(pa.Table.from_pylist(table), **example().keywords), "rare")
        assert (rare.verdict, rare.needed_n, rare.effort) == ("not_enough", 20, None)

    def test_one_reason_cannot_be_compared(self):
        table = example().table
        result = ask(table.set_column(0, "reason", pa.array(["same"] * table.num_rows)))
        assert result.verdict == "not_enough"
        assert result.needed_n > result.n

    def test_blank_answers_are_left_out_of_their_figure_only(self):
        table = example().table
        effort = [None if row % 2 else one for row, one in enumerate(table["effort"].to_pylist())]
        result = ask(table.set_column(1, "effort", pa.array(effort)))
        assert of(result, "delivery").effort.n < of(result, "delivery").emotion.n

    def test_contacts_of_which_nothing_is_known_count_in_the_volume_and_in_no_other_figure(self, found):
        """Somebody had to serve them; how hard it was, how it felt and whether it was settled is unknown."""
        rows = example().table.to_pylist()
        silent = [
            {**row, "effort": None, "feeling": None, "resolved": None} for row in rows if row["reason"] == "delivery"
        ]
        silent = [{**row, "customer": f"s{place}"} for place, row in enumerate(silent)]
        told = kapula.contact_reasons(pa.Table.from_pylist(rows + silent), **example().keywords)
        one, before = of(told, "delivery"), of(found, "delivery")
        assert (told.n, told.answers) == (
            len(rows) + len(silent),
            dict.fromkeys(("effort", "emotion", "resolved"), len(rows)),
        )
        assert (one.n, one.answers) == (2 * before.n, dict.fromkeys(("effort", "emotion", "resolved"), before.n))
        assert one.volume.value == pytest.approx(2 * before.n / told.n)
        assert one.volume.n == told.n
        for name in ("effort", "emotion", "resolved"):
            figure, earlier = getattr(one, name), getattr(before, name)
            assert (figure.n, figure.value) == (before.n, pytest.approx(earlier.value))
            assert (figure.low, figure.high) == (pytest.approx(earlier.low), pytest.approx(earlier.high))
        assert one.to_dict()["effort"]["n"] == before.n

    def test_a_contact_of_several_reasons_is_one_answer(self):
        table = example().table
        lists = [[one, "also"] for one in table["reason"].to_pylist()]
        result = kapula.contact_reasons(table.set_column(0, "reason", pa.array(lists)), **example().keywords)
        assert result.answers == dict.fromkeys(("effort", "emotion", "resolved"), table.num_rows)

    def test_a_reason_of_few_says_how_many_answered(self):
        rows = example().table.to_pylist()
        rows += [{**rows[0], "reason": "rare", "customer": f"new{row}", "emotion": 1} for row in range(5)]
        rows += [{**rows[0], "reason": "rare", "effort": None, "customer": f"x{row}"} for row in range(5)]
        rare = of(kapula.contact_reasons(pa.Table.from_pylist(rows), **example().keywords), "rare")
        assert (rare.verdict, rare.n, rare.answers) == ("not_enough", 10, {"effort": 5, "emotion": 10, "resolved": 10})

    def test_the_command_tells_each_figures_own_n(self, capsys, tmp_path):
        made = example()
        blank = [None if row % 2 else one for row, one in enumerate(made.table["effort"].to_pylist())]
        path = tmp_path / "a.parquet"
        pq.write_table(made.table.set_column(1, "effort", pa.array(blank)), path)
        assert main(["contact-reasons", str(path), *made.command]) == 0
        told = capsys.readouterr().out
        assert "n = 1500 contacts (with an answer: effort 750, emotion 1 500, resolved 1 500)" in told.replace(
            "\u00a0", " "
        )
        result = kapula.contact_reasons(str(path), **made.keywords)
        assert f"(n {of(result, 'delivery').effort.n})" in told

    def test_customers_who_call_often_widen_the_interval(self):
        table = pa.concat_tables([example().table] * 3)
        alone, together = ask(table), ask(table, cluster="customer")
        width = [of(one, "delivery").feeling for one in (alone, together)]
        assert width[1].high - width[1].low > 1.4 * (width[0].high - width[0].low)

    def test_a_place_takes_every_one_of_its_sides(self):
        sure, even = Gap(3.0, 0.5, 100, np.array([0.5, 0.0])), Gap(0.0, 0.5, 100, np.array([0.0, 0.5]))
        down = Gap(-3.0, 0.5, 100, np.array([0.0, 0.5]))
        assert p_of(Axes(down, sure, even)) < 1e-6  # remove_cause needs no volume
        assert p_of(Axes(down, down, even)) > 0.9  # automate or leave: volume decides
        chances = certainty(Axes(down, down, even), np.random.default_rng(1))
        assert chances["automate"] == pytest.approx(0.5, abs=0.05)
        assert chances["help_human"] < 0.01

    @pytest.mark.slow
    def test_null_worlds_place_a_reason_at_the_nominal_rate(self):
        """200 worlds whose reasons are alike: any reason placed in at most 5 % of them, within binomial error (99 %)."""
        placed = sum(ask(world(seed), cluster="customer").verdict == "placed" for seed in range(200))
        assert placed <= 18

    @pytest.mark.slow
    def test_the_interval_against_the_others_covers(self):
        """The feeling of one reason is 0.4 above the others': the interval holds it in 95 % ± 2 of 400 worlds."""
        held = []
        for seed in range(400):
            table = world(seed, n=500, reasons=3, customers=150)
            feeling = np.array(table["feeling"]) + 0.4 * (np.array(table["reason"]) == 0)
            one = of(ask(table.set_column(2, "feeling", pa.array(feeling)), cluster="customer"), "0").feeling
            held.append(one.low <= 0.4 <= one.high)
        assert 0.93 <= np.mean(held) <= 0.97


class TestRefusals:
    def test_resolved_is_yes_or_no(self):
        table = example().table
        with pytest.raises(OffScaleError):
            ask(table.set_column(3, "resolved", pa.array([2.0] * table.num_rows)))

    @pytest.mark.parametrize(
        "more", [{"lines": {"price": 1}}, {"lines": {"effort": 1}}, {"effort_is": "pain"}, {"level": 0}]
    )
    def test_settings_that_are_not(self, more):
        with pytest.raises(ParameterError):
            ask(example().table, **more)
