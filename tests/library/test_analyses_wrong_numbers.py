"""Numbers that look fine but are wrong: what an analysis must read rightly, warn of or refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import kapula
from kapula.errors import ColumnTypeError, OffScaleError, ParameterError
from kapula.trends.naming import in_order
from kapula.trends.written import kind_of

MONTHS = np.array([(2019 + place // 12) * 100 + 1 + place % 12 for place in range(60)])


def drifting(time: Any) -> dict[str, Any]:
    """Sixty months of twenty answers that fall 0.3 a year at the same performance."""
    random = np.random.default_rng(1)
    month = np.repeat(np.arange(60), 20)
    speed = random.integers(1, 6, 1200)
    score = 3 + 0.5 * speed - 0.3 * month / 12 + 0.3 * random.normal(size=1200)
    return {"score": score, "speed": speed, "time": np.asarray(time)[month]}


def leading_table(time: Any, **more: Any) -> dict[str, Any]:
    """One series in which q leads y by two periods."""
    random = np.random.default_rng(1)
    q, y = random.normal(5, 1, len(time)), random.normal(60, 3, len(time))
    y[2:] -= 3 * (q[:-2] - 5)
    return {"time": time, "y": y, "q": q, **more}


def lead(table: dict[str, Any], **settings: Any) -> Any:
    return kapula.leading(table, None, "time", "y", ["q"], max_lag=4, window=1, season=0, **settings)


def linked(staff: Any = None, units: int = 7, weeks: int = 25, **settings: Any) -> Any:
    random = np.random.default_rng(3)
    felt = random.normal(size=(units, weeks))
    unit, week = np.repeat(np.arange(units), weeks * 3), np.tile(np.repeat(np.arange(weeks), 3), units)
    own = np.clip(np.round(3 + np.repeat(felt.ravel(), 3) + 0.5 * random.normal(size=len(unit))), 1, 5)
    customer = np.repeat(felt.ravel(), 3) + 0.5 * random.normal(size=len(unit))
    table = {"unit": unit, "week": week, "customer": customer, "staff": own if staff is None else staff(own)}
    return kapula.linkage(table, "unit", "week", "customer", "staff", lags=[0, 1], **settings)


def answers(n: int = 400) -> dict[str, Any]:
    random = np.random.default_rng(3)
    a, c = random.normal(size=n), random.normal(size=n)
    b = 0.9 * a + 0.4 * random.normal(size=n)
    return {"a": a, "b": b, "c": c, "y": a + random.normal(size=n)}


def driven(table: dict[str, Any], **settings: Any) -> Any:
    return kapula.drivers(table, "y", ["a", "b", "c"], n_boot=100, **settings)


class TestWrittenTimes:
    def test_months_written_as_numbers_are_months(self) -> None:
        numbers = kapula.expectations(drifting(MONTHS), "score", "speed", "time")
        dates = [f"{value // 100}-{value % 100:02d}-01" for value in MONTHS]
        same = kapula.expectations(drifting(dates), "score", "speed", "time")
        assert numbers.slopes["drift"].value == pytest.approx(same.slopes["drift"].value)
        assert numbers.slopes["drift"].value == pytest.approx(-0.3, abs=0.05)
        assert numbers.method["grain"] == "quarter"

    def test_leading_reads_them_too(self) -> None:
        found = lead(leading_table(MONTHS))
        assert (found.grain, found.n, found.set_aside["cells_without_target"]) == ("month", 60, 0)
        assert found.to_dict() == lead(leading_table([f"{v // 100}-{v % 100:02d}" for v in MONTHS])).to_dict()

    def test_days_are_read_and_numbers_are_left(self) -> None:
        assert kind_of([20240131, 20240201], "t") == "day"
        assert kind_of([202401, 202402], "t") == "month"
        assert kind_of([202401], "t") is None
        assert kind_of([2023, 2024, 2025], "t") is None
        assert kind_of(range(40), "t") is None
        assert kind_of([2024.5, 2025.0], "t") is None

    @pytest.mark.parametrize(
        ("values", "named"),
        [
            ([202401, 202402, 202413], 202413),
            ([202450, 202451, 202452], 202450),
            ([20240131, 20240230], 20240230),
            ([202401, 202402, 999999], 999999),
            ([20241, 20242, 20243, 20244, 20251], 20241),
        ],
    )
    def test_what_is_ambiguous_is_refused(self, values: list[int], named: int) -> None:
        with pytest.raises(ParameterError) as error:
            kind_of(values, "t")
        assert error.value.context["value"] == named


class TestLinkage:
    @pytest.mark.parametrize("size", [6e5, 1e9, 1e-9])
    def test_the_staff_scores_unit_changes_no_answer(self, size: float) -> None:
        plain, scaled = linked(), linked(lambda own: own * size)
        first, second = (one.effects[0].within for one in (plain, scaled))
        assert first.sure
        assert second.sure
        assert second.estimate.value * size == pytest.approx(first.estimate.value, rel=1e-9)
        assert second.estimate.p == pytest.approx(first.estimate.p, rel=1e-6)

    def test_nor_with_few_units(self) -> None:
        plain, moved = linked(units=3, weeks=45), linked(lambda own: own * 1e6 + 1e7, units=3, weeks=45)
        first, second = (one.effects[0].within for one in (plain, moved))
        assert second.estimate.value * 1e6 == pytest.approx(first.estimate.value, rel=1e-6)

    def test_staff_answers_off_the_scale_are_refused(self) -> None:
        with pytest.raises(OffScaleError) as error:
            linked(staff_scale=(1, 4))
        assert error.value.context["column"] == "staff"

    def test_the_order_of_rows_changes_the_last_digits_at_most(self) -> None:
        random = np.random.default_rng(5)
        rows = random.permutation(7 * 25 * 3)
        table = {"unit": np.repeat(np.arange(7), 75), "week": np.tile(np.repeat(np.arange(25), 3), 7)}
        table |= {"customer": random.normal(size=525), "staff": random.normal(size=525)}
        found = [
            kapula.linkage(one, "unit", "week", "customer", "staff", lags=[0]).effects[0].within.estimate
            for one in (table, {name: values[rows] for name, values in table.items()})
        ]
        assert found[1].value == pytest.approx(found[0].value, rel=1e-9)


class TestDrivers:
    def test_two_drivers_never_answered_together_are_refused(self) -> None:
        table = answers()
        table["a"][:200] = np.nan
        table["b"][200:] = np.nan
        with pytest.raises(ParameterError) as error:
            driven(table, missing="impute")
        assert error.value.context["value"] == ["a", "b"]

    def test_one_weight_that_is_nearly_all_is_not_enough(self) -> None:
        found = driven({**answers(), "w": np.where(np.arange(400) == 0, 1e9, 1.0)}, weight="w")
        assert (found.verdict, found.drivers) == ("not_enough", ())
        assert found.needed_n > found.n
        assert "unequal_weights" in found.warnings

    @pytest.mark.parametrize("size", [1e200, 1e-200, 1e-15])
    @pytest.mark.parametrize("column", ["a", "y"])
    def test_a_columns_unit_changes_no_share(self, size: float, column: str) -> None:
        table = answers()
        plain, scaled = driven(table), driven({**table, column: table[column] * size})
        assert "constant" not in scaled.warnings
        assert [one.share for one in scaled.drivers] == pytest.approx([one.share for one in plain.drivers])

    def test_shares_are_clipped_to_what_they_can_be(self) -> None:
        random = np.random.default_rng(0)
        for _ in range(4):
            a, b = random.integers(1, 6, (2, 300)).astype(float)
            found = driven({"a": a, "b": b, "c": np.full(300, 3.0), "y": a + b})
            assert found.r2 <= 1
            assert all(one.share >= 0 for one in found.drivers)


class TestDecompose:
    @staticmethod
    def ask(names: list[str], **settings: Any) -> Any:
        random = np.random.default_rng(2)
        table = {
            "when": np.repeat(names, 60),
            "kind": np.tile(["x", "y"], 30 * len(names)),
            "score": random.integers(0, 11, 60 * len(names)),
        }
        given = {"segment": "kind", "column": "score", "period": "when", "n_boot": 200} | settings
        return kapula.decompose(table, "nps", **given)

    @pytest.mark.parametrize(
        ("names", "first", "second"),
        [
            (["10/2024", "9/2024"], "9/2024", "10/2024"),
            (["Q1 2024", "Q4 2023", "Q2 2024"], "Q4 2023", "Q2 2024"),
            (["viikko 10", "viikko 9"], "viikko 9", "viikko 10"),
            (["2024-05", "2023-11"], "2023-11", "2024-05"),
            (["1.2.2024", "15.1.2024"], "15.1.2024", "1.2.2024"),
        ],
    )
    def test_named_periods_go_in_the_order_of_time(self, names: list[str], first: str, second: str) -> None:
        found = self.ask(names)
        assert (found.first, found.second) == (first, second)

    @pytest.mark.parametrize("names", [["ennen", "jälkeen"], ["helmikuu", "tammikuu"], ["1/2/2024", "2/1/2024"]])
    def test_an_unknown_order_is_asked_for(self, names: list[str]) -> None:
        assert in_order(names) is None
        with pytest.raises(ParameterError, match="order of the periods"):
            self.ask(names)
        assert self.ask(names, first=names[0]).second == names[1]

    def test_one_period_is_said_to_be_one(self) -> None:
        with pytest.raises(ParameterError, match="one period only: 2024"):
            self.ask(["2024"])

    @pytest.mark.parametrize("name", ["score", "when"])
    def test_a_segment_is_neither_the_score_nor_the_period(self, name: str) -> None:
        with pytest.raises(ParameterError) as error:
            self.ask(["2023", "2024"], segment=["kind", name])
        assert error.value.context["value"] == name


class TestPrune:
    @staticmethod
    def ask(**more: Any) -> Any:
        random = np.random.default_rng(3)
        table = {f"q{place}": random.integers(1, 6, 200).astype(float) for place in range(3)}
        table["y"] = table["q0"] + random.normal(size=200)
        names = {name: name for name in more}
        return kapula.prune({**table, **more}, "y", ["q0", "q1", "q2"], n_boot=50, repeats=1, **names)

    def test_text_that_is_no_time_is_refused(self) -> None:
        with pytest.raises(ColumnTypeError) as error:
            self.ask(time=[f"{1 + place % 28}.2.2024" for place in range(200)])
        assert error.value.context["column"] == "time"

    def test_iso_weeks_go_in_the_order_of_time(self) -> None:
        weeks = [f"2024-W{1 + place // 4:02d}" for place in range(200)]
        assert self.ask(time=weeks).to_dict() == self.ask(time=np.repeat(np.arange(50), 4)).to_dict()

    def test_negative_seconds_are_refused(self) -> None:
        with pytest.raises(ParameterError) as error:
            self.ask(seconds=np.full(200, -5.0))
        assert error.value.context["parameter"] == "seconds"


class TestLeading:
    def test_a_negative_weight_is_refused(self) -> None:
        with pytest.raises(ParameterError) as error:
            lead(leading_table(np.arange(60), w=np.r_[-1.0, np.ones(59)]), weight="w")
        assert error.value.context["parameter"] == "weight"

    def test_a_moving_candidate_far_from_zero_is_not_constant(self) -> None:
        table = leading_table(np.arange(60))
        plain, far = lead(table), lead({**table, "q": table["q"] + 1e6})
        assert far.warnings == plain.warnings
        assert (far.verdict, far.leads[0].lag, far.leads[0].q) == (
            "leads",
            2,
            pytest.approx(plain.leads[0].q, rel=1e-3),
        )

    @pytest.mark.parametrize("size", [1e200, 1e-200])
    def test_figures_beyond_computing_are_refused(self, size: float) -> None:
        table = leading_table(np.arange(60))
        with pytest.raises(ParameterError, match="to compute with"):
            lead({**table, "q": table["q"] * size})

    def test_a_constant_target_claims_no_search(self) -> None:
        found = lead(leading_table(np.arange(60)) | {"y": np.full(60, 3.0)})
        assert (found.verdict, found.warnings, found.tested) == ("not_enough", ("zero_variance",), 0)

    def test_a_blank_candidate_is_empty_not_constant(self) -> None:
        table = {**leading_table(np.arange(60)), "nothing": np.full(60, np.nan)}
        found = kapula.leading(table, None, "time", "y", ["q", "nothing"], max_lag=4, window=1, season=0)
        assert next(one for one in found.leads if one.name == "nothing").warnings == ("empty", "mostly_missing")
        assert "constant" not in found.warnings

    def test_a_stray_time_far_away_claims_no_search(self) -> None:
        found = lead(leading_table(np.r_[-2000, np.arange(1, 60)]))
        assert (found.verdict, found.watch) == ("not_enough", ())
        assert "far_apart" in found.warnings


class TestExpectations:
    def test_a_performance_that_differs_between_periods_only_gives_no_figures(self) -> None:
        table = drifting(MONTHS)
        found = kapula.expectations({**table, "speed": np.sin(np.repeat(np.arange(20), 60))}, "score", "speed", "time")
        assert (found.verdict, found.warnings, found.needed_n) == ("not_enough", ("performance_between_only",), None)
        assert found.slopes == {}

    def test_a_mix_that_differs_between_periods_only_adds_nothing(self) -> None:
        table = drifting(MONTHS)
        group = np.where(np.repeat(np.arange(60), 20) < 30, "old", "new")
        plain = kapula.expectations(table, "score", "speed", "time").slopes["drift"]
        mixed = kapula.expectations({**table, "group": group}, "score", "speed", "time", mix="group").slopes["drift"]
        assert mixed.value == pytest.approx(plain.value, rel=1e-6)

    def test_a_score_made_of_the_performance_is_said_to_be(self) -> None:
        table = drifting(MONTHS)
        found = kapula.expectations({**table, "score": 2.0 * table["speed"]}, "score", "speed", "time")
        assert "explained_exactly" in found.warnings
