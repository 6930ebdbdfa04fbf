"""What stays in mind: peak, end and mean, the traces of moments, and what is spoken of later."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

import kapula
from kapula.analyses.memory.example import example, journeys
from kapula.analyses.memory.features import features
from kapula.analyses.memory.journeys import read
from kapula.analyses.memory.regression import fit
from kapula.errors import ParameterError

COLUMNS = ("customer", "day", "moment", "score", "nps")


def ask(table, **more):
    return kapula.memory(table, *COLUMNS, **more)


def table(*rows):
    """(customer, day of January, moment, score, remembered)."""
    made = [(who, dt.date(2026, 1, day), moment, score, later) for who, day, moment, score, later in rows]
    kinds = (pa.string(), pa.date32(), pa.string(), pa.float64(), pa.float64())
    return pa.table({name: pa.array([row[k] for row in made], kinds[k]) for k, name in enumerate(COLUMNS)})


def put(*rows, days=None):
    return read(table(*rows), *COLUMNS, days, None, "UTC")


class TestJourneys:
    def test_a_remembered_score_ends_the_journey_before_it(self):
        found = put(
            ("a", 1, "visit", 4, None), ("a", 2, "bill", 2, None), ("a", 5, None, None, 7),
            ("a", 8, "chat", 5, None), ("a", 9, None, None, 9), ("a", 20, "visit", 1, None),
        )  # fmt: skip
        assert found.remembered.tolist() == [7, 9]
        assert found.score.tolist() == [4, 2, 5]  # what came after the last answer is in no journey
        assert found.several

    def test_a_score_that_stands_on_every_row_is_of_one_journey(self):
        found = put(("a", 1, "visit", 4, 8), ("a", 2, "bill", 2, 8), ("b", 3, "bill", 3, 5), ("b", 4, "visit", 1, 6))
        assert found.remembered.tolist() == [8, 5, 6]
        assert found.journey.tolist() == [0, 0, 1, 2]

    def test_moments_of_long_ago_may_be_left_out(self):
        rows = (("a", 1, "visit", 4, None), ("a", 20, "bill", 2, None), ("a", 25, None, None, 7))
        assert put(*rows, days=10).score.tolist() == [2]

    def test_peak_end_and_mean(self):
        found = put(*[("a", k + 1, "visit", s, None) for k, s in enumerate((3, 5, 1, 4))], ("a", 9, None, None, 7))
        assert [features(found, peak, 3.0).peak[0] for peak in ("worst", "best", "extreme")] == [1, 5, 1]
        assert (features(found, "best", 3.0).end[0], features(found, "best", 3.0).mean[0]) == (4, 3.25)

    def test_the_regression_is_least_squares(self):
        rng = np.random.default_rng(1)
        x, y, who = rng.normal(size=(80, 3)), rng.normal(size=80), np.arange(80) % 40
        found = fit(x, y, who, 0.95)
        expected = np.linalg.lstsq(np.column_stack([np.ones(80), x]), y, rcond=None)[0][1:]
        assert [one.value for one in found.slopes] == pytest.approx(expected)
        assert fit(np.column_stack([x, x[:, 0]]), y, who, 0.95) is None


class TestTheAnswer:
    def test_planted_parts_are_found(self):
        found = kapula.memory(example().table, **example().keywords)
        assert found.verdict == "peak_end"
        for name, truth in (("peak", 0.5), ("end", 0.4), ("mean", 0.3)):
            assert found.parts[name].low < truth < found.parts[name].high
        assert found.r2 > found.r2_mean

    def test_a_memory_of_the_mean_is_told_as_one(self):
        found = ask(journeys(np.random.default_rng(5), 240, 0.0, 0.0, 1.2), neutral=3.4)
        assert found.verdict == "average"
        assert found.parts["mean_alone"].sure
        assert found.parts["mean_alone"].low < 1.2 < found.parts["mean_alone"].high

    def test_a_memory_of_nothing_has_no_pattern(self):
        found = ask(journeys(np.random.default_rng(6), 300, 0.0, 0.0, 0.0), neutral=3.4)
        assert found.verdict == "no_pattern"

    def test_moments_are_set_against_what_was_designed(self):
        """Only the visit counts; the visit and the bill were meant to."""
        rng = np.random.default_rng(7)
        rows = []
        for k in range(150):
            visit, bill, chat = (float(one) for one in rng.integers(1, 6, 3))
            rows += [(f"c{k}", 1, "visit", visit, None), (f"c{k}", 2, "bill", bill, None)]
            rows += [(f"c{k}", 3, "chat", chat, None), (f"c{k}", 9, None, None, 2 + visit + rng.normal())]
        found = ask(table(*rows), designed=("visit", "bill"))
        said = {one.moment: one.verdict for one in found.moments}
        assert said == {"visit": "designed_remembered", "bill": "designed_not_seen", "chat": "not_seen"}
        assert found.moments[0].ends == 0.0

    def test_a_designed_moment_that_is_not_there_is_warned_of(self):
        """Mistyped, it would be passed over without a word."""
        found = ask(example().table, designed=("welcom", example().table["moment"][0].as_py()))
        assert "designed_unknown" in found.warnings
        assert found.method["designed_unknown"] == ["welcom"]
        assert "designed_unknown" in ask(table(("a", 1, "visit", 4, 8)), designed=["x"]).warnings
        assert ask(table(("a", 1, "visit", 4, 8)).slice(0, 0), designed=["x"]).warnings == ()
        assert ask(table(("a", 1, "visit", 4, 8)), designed=["visit"]).warnings == ()

    def test_what_is_spoken_of_later_is_compared_with_then(self):
        made = example().table
        later = np.array(made["score"].is_null())
        rng = np.random.default_rng(8)
        price = rng.random(len(later)) < np.where(later, 0.5, 0.2)
        staff = rng.random(len(later)) < 0.3
        said = [[*(["price"] if p else []), *(["staff"] if s else [])] for p, s in zip(price, staff, strict=True)]
        found = kapula.memory(made.append_column("said", pa.array(said)), **example().keywords, themes="said")
        told = {one.theme: one for one in found.themes}
        assert told["price"].sure
        assert told["price"].low < 0.3 < told["price"].high
        assert not told["staff"].sure

    def test_few_journeys_say_nothing(self):
        found = ask(journeys(np.random.default_rng(1), 25, 0.5, 0.4, 0.3))
        assert (found.verdict, found.n, found.needed_n, found.parts) == ("not_enough", 25, 40, {})

    def test_a_moment_of_few_journeys_is_not_told(self):
        rows = example().table.to_pylist()
        rows[0]["moment"] = "rare"
        found = kapula.memory(pa.Table.from_pylist(rows), **example().keywords)
        rare = next(one for one in found.moments if one.moment == "rare")
        assert (rare.verdict, rare.needed_n, rare.trace) == ("not_enough", 30, None)

    @pytest.mark.parametrize("more", [{"peak": "middle"}, {"days": 0}, {"level": 2}])
    def test_settings_that_are_not(self, more):
        with pytest.raises(ParameterError):
            ask(example().table, **more)


def drawn(rng, customers, each, peak, end, mean, mood=0.7):
    """Peak, end, mean and remembered score of ``each`` journeys of a customer, whose moods go through all of them."""
    who = np.repeat(np.arange(customers), each)
    own = rng.normal(0, mood, customers)[who]
    scores = 3.5 + own[:, None] + rng.normal(0, 1.1, (len(who), 5))
    farthest = np.take_along_axis(scores, np.abs(scores - 3.5).argmax(axis=1)[:, None], axis=1)[:, 0]
    columns = np.column_stack([farthest, scores[:, -1], scores.mean(axis=1)])
    later = columns @ np.array([peak, end, mean]) + rng.normal(0, 0.5, customers)[who] + rng.normal(0, 1.0, len(who))
    return columns, later, who


@pytest.mark.slow
@pytest.mark.parametrize(("customers", "each"), [(60, 1), (60, 3), (400, 2)])
def test_intervals_cover_and_null_worlds_are_silent_at_the_nominal_rate(customers, each):
    rng = np.random.default_rng(11)
    held, false = [], 0
    for _ in range(500):
        columns, later, who = drawn(rng, customers, each, 0.5, 0.3, 0.2)
        found = fit(columns, later, who, 0.95)
        held.append([one.low <= truth <= one.high for one, truth in zip(found.slopes, (0.5, 0.3, 0.2), strict=True)])
        columns, later, who = drawn(rng, customers, each, 0.0, 0.0, 0.6)
        false += fit(columns, later, who, 0.95).joint_p([0, 1]) <= 0.05
    assert np.all((np.mean(held, axis=0) >= 0.93) & (np.mean(held, axis=0) <= 0.97))
    assert false <= 37  # 5 % of 500 within binomial error (99 %)
