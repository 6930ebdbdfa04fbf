"""Have customers noticed? The effect of a roll-out against teams not yet rolled out, its honesty and its refusals."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import kapula
from kapula.analyses.noticed import learn, scores
from kapula.analyses.noticed.cells import NEVER
from kapula.analyses.noticed.effects import Grid, combined, group_time
from kapula.analyses.noticed.example import example
from kapula.analyses.noticed.inference import Spread
from kapula.errors import ColumnTypeError, OffScaleError, ParameterError
from kapula.text.shares import ErrorRates

CASE = Path(__file__).parents[2] / "../shared/cases/pilot02_mpdta_callaway_santanna"
COLUMNS = ("mention", "team", "day", "began")


def ask(table, **more):
    return kapula.noticed(table, *COLUMNS, **more)


def comments(starts, effect=0.3, months=8, each=20, base=0.2):
    """Teams × months of ``each`` comments whose shares are exactly as said: no chance in them."""
    rows = []
    for team, start in enumerate(starts):
        for month in range(months):
            after = start is not None and month >= start
            said = round(each * (base + 0.05 * (team % 2) + (effect if after else 0)))
            for k in range(each):
                began = None if start is None else dt.date(2026, start + 1, 1)
                rows.append((int(k < said), f"t{team}", dt.date(2026, month + 1, 1 + k % 28), began))
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)})


STAGGERED = (2, 2, 4, 4, 6, None, None, None)


class TestTheEstimate:
    @pytest.mark.skipif(not CASE.exists(), reason="the reference cases are elsewhere")
    @pytest.mark.slow
    def test_mpdta_as_published(self):
        """Callaway & Sant'Anna (2021), never-treated comparison, the last period as base."""
        rows = list(csv.DictReader((CASE / "data.csv").read_text().splitlines()))
        expected = json.loads((CASE / "expected.json").read_text())["expected"]
        first = np.array([int(row["first.treat"]) for row in rows])
        period = np.array([int(row["year"]) for row in rows]) - 2003
        rolled = np.where(first == 0, NEVER, first - 2003)
        team = np.unique([row["countyreal"] for row in rows], return_inverse=True)[1]
        y = np.array([float(row["lemp"]) for row in rows])
        grid = Grid(team, period, rolled, period >= rolled, np.ones(len(rows)))
        atts = group_time(grid, base="last", control="never")
        found = [float(one.weights @ y) for one in atts]
        published = [
            value for place, value in enumerate(expected["att_gt"]["value"]) if place in (0, 1, 2, 3, 6, 7, 11)
        ]
        assert found == pytest.approx(published, abs=6e-5)
        told = Spread(grid, 0.95).told(combined(atts, len(y)), y)
        assert told.value == pytest.approx(expected["simple_att"]["value"], abs=6e-5)
        assert told.se == pytest.approx(expected["simple_se"]["value"], abs=0.0015)

    @pytest.mark.parametrize("base", ["all", "last"])
    def test_shares_without_chance_give_the_effect_exactly(self, base):
        found = ask(comments(STAGGERED), base=base)
        assert found.effect.value == pytest.approx(0.3)
        assert found.effect.share - found.effect.expected == pytest.approx(0.3)
        assert [one.rollout for one in found.cohorts] == ["2026-03", "2026-05", "2026-07"]
        assert found.cohorts[0].teams == ("t0", "t1")

    def test_teams_rolled_out_earlier_are_never_the_comparison(self):
        """An effect that grows makes two-way fixed effects wrong; here each month's effect is found as it is."""
        table = comments(STAGGERED, effect=0.0).to_pydict()
        months = [day.month - 1 for day in table["day"]]
        growing = [
            None if began is None or month < began.month - 1 else 0.1 * (1 + month - (began.month - 1))
            for began, month in zip(table["began"], months, strict=True)
        ]
        k = [day.day - 1 for day in table["day"]]
        table["mention"] = [
            int(place < round(20 * (0.2 + (extra or 0)))) for place, extra in zip(k, growing, strict=True)
        ]
        found = ask(pa.table(table))
        assert [one.effect.value for one in found.since] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])

    def test_what_moves_every_team_falls_out(self):
        table = comments(STAGGERED).to_pydict()
        table["mention"] = [
            1 if day.month == 5 and day.day % 2 else said
            for day, said in zip(table["day"], table["mention"], strict=True)
        ]
        assert ask(pa.table(table)).verdict == "noticed"

    def test_comments_without_anyone_left_to_compare_are_left_out_and_counted(self):
        found = ask(comments((2, 2, 4, 4, 6, 6)))
        assert found.left_out == 2 * 20 * 6
        assert "no_comparison_left" in found.warnings
        assert found.effect.value == pytest.approx(0.3)

    def test_a_roll_out_in_the_middle_of_a_month_splits_it(self):
        table = comments(STAGGERED).to_pydict()
        table["began"] = [None if day is None else day.replace(day=15) for day in table["began"]]
        found = ask(pa.table(table))
        assert found.since[0].periods == 0
        assert found.since[0].effect.n == 5 * 6  # days 15–20 of five teams

    def test_order_of_rows_and_names_of_teams_do_not_matter(self):
        table = example().table
        mixed = table.take(pa.array(np.random.default_rng(1).permutation(table.num_rows)))
        first, second = (kapula.noticed(one, **example().keywords).to_dict() for one in (table, mixed))
        assert first == second


class TestHonesty:
    def test_the_time_before_is_shown_beside_and_does_not_decide(self):
        found = kapula.noticed(example().table, **example().keywords)
        drift = found.before
        assert found.verdict == "noticed"
        assert drift.effect.low < 0 < drift.effect.high
        widths = [one.high - one.low for one in drift.sensitivity]
        assert widths == sorted(widths)
        assert drift.holds_until > 0

    def test_the_matchers_error_makes_the_effect_larger_and_its_interval_wider(self):
        rates = ErrorRates(80, 20, 10, 190)
        plain, mended = ask(comments(STAGGERED)), ask(comments(STAGGERED), errors=rates)
        assert mended.found == plain.effect
        assert mended.effect.value == pytest.approx(0.3 / rates.youden)
        assert mended.effect.high - mended.effect.low > plain.effect.high - plain.effect.low
        assert "uncorrected" in plain.warnings
        assert "uncorrected" not in mended.warnings

    def test_a_matcher_that_hardly_tells_does_not_correct(self):
        found = ask(comments(STAGGERED), errors={
            "true_positive": 6, "false_negative": 5, "false_positive": 90, "true_negative": 110,
        })  # fmt: skip
        assert "errors_too_large" in found.warnings
        assert found.effect == found.found

    def test_without_teams_to_compare_nothing_is_said(self):
        found = ask(comments((2, 2, 2, 2)))
        assert (found.verdict, found.n, found.needed_n) == ("not_enough", 4, 7)

    def test_one_pilot_team_leans_on_the_others_spread_and_says_so(self):
        rng = np.random.default_rng(3)
        table = comments((4, None, None, None, None, None), each=40)
        flipped = np.array(table["mention"].to_pylist()) ^ (rng.random(table.num_rows) < 0.05)
        found = ask(table.set_column(0, "mention", pa.array(flipped.astype(int))))
        assert "pooled_spread" in found.warnings
        assert found.effect.low < 0.3 < found.effect.high

    def test_nobody_mentions_it(self):
        found = ask(comments(STAGGERED, effect=0.0, base=-0.1))
        assert (found.verdict, found.effect, found.warnings) == ("no_mentions", None, ("zero_variance",))

    def test_effects_of_few_comments_are_withheld(self):
        found = ask(comments(STAGGERED), minimum_n=50)
        last = found.since[-1].effect
        assert last.n == 40
        assert (last.value, last.share, last.warnings) == (None, None, ("suppressed",))


class TestRefusals:
    def test_mentions_are_nought_or_one(self):
        table = comments(STAGGERED).set_column(0, "mention", pa.array([0.5] * 8 * 8 * 20))
        with pytest.raises(OffScaleError):
            ask(table)

    def test_a_team_has_one_roll_out(self):
        table = comments(STAGGERED).to_pydict()
        table["began"][0] = dt.date(2026, 6, 1)
        with pytest.raises(ParameterError, match="several roll-out dates"):
            ask(pa.table(table))

    def test_a_blank_beside_a_roll_out_is_called_blank(self):
        table = comments(STAGGERED).to_pydict()
        table["began"][0] = None
        with pytest.raises(ParameterError, match=r"several roll-out dates: .*blank"):
            ask(pa.table(table))

    def test_a_roll_out_is_a_date(self):
        table = comments(STAGGERED).set_column(3, "began", pa.array([3.0] * 8 * 8 * 20))
        with pytest.raises(ColumnTypeError):
            ask(table)

    @pytest.mark.parametrize("more", [{"base": "first"}, {"period": "decade"}, {"level": 1.5}, {"errors": {}}])
    def test_settings_that_are_not(self, more):
        with pytest.raises(ParameterError):
            ask(comments(STAGGERED), **more)


class TestMatching:
    @staticmethod
    def vectors(n, towards, rng, pull):
        raw = rng.normal(size=(n, 16)) + pull * towards
        return raw / np.linalg.norm(raw, axis=1, keepdims=True)

    def drawn(self):
        rng = np.random.default_rng(2)
        towards = np.zeros(16)
        towards[0] = 1.0
        examples = self.vectors(6, towards, rng, 8.0)
        texts = np.r_[self.vectors(80, towards, rng, 8.0), self.vectors(220, towards, rng, 0.0)]
        return examples, texts, np.r_[np.ones(80, bool), np.zeros(220, bool)]

    def test_labelled_comments_choose_the_threshold_and_tell_its_error(self):
        examples, texts, truth = self.drawn()
        matcher = learn(examples, texts, truth.tolist())
        assert (matcher.errors.positives, matcher.errors.negatives) == (80, 220)
        assert matcher.errors.youden > 0.8
        assert np.mean(matcher.mentions(texts) == truth) > 0.9

    def test_examples_alone_find_most_of_their_kind_and_the_error_is_not_known(self):
        examples, texts, truth = self.drawn()
        matcher = learn(examples, texts)
        assert matcher.errors is None
        assert matcher.mentions(texts)[truth].mean() > 0.5
        assert matcher.mentions(texts)[~truth].mean() < 0.05

    def test_held_out_errors_do_not_flatter(self):
        """Labels without any relation to the texts: the counted error says that nothing is told apart."""
        examples, texts, _ = self.drawn()
        labels = np.random.default_rng(4).random(300) < 0.5
        assert abs(learn(examples, texts, labels.tolist()).errors.youden) < 0.2

    def test_vectors_must_be_of_one_kind(self):
        with pytest.raises(ParameterError):
            scores(np.ones((2, 3)), np.ones((2, 4)))
        with pytest.raises(ParameterError, match="One example"):
            learn(np.eye(4)[:1], np.eye(4))
