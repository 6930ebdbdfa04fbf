"""Columns that made a figure wrong without a word, or a message that nobody could follow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import kapula
from kapula.analyses import registry
from kapula.errors import ColumnTypeError, KapulaError, NotFiniteError, OffScaleError, ParameterError


def drifting(**columns: Any) -> dict[str, Any]:
    """Twenty-four months of forty answers."""
    random = np.random.default_rng(1)
    month = np.repeat(np.arange(24), 40)
    speed = random.integers(1, 6, 960)
    found = {
        "month": [f"{2024 + place // 12}-{1 + place % 12:02}" for place in month],
        "speed": speed.astype(float),
        "score": speed + random.normal(size=960),
    }
    return found | columns


class TestExpectations:
    def test_a_score_that_never_varies_is_not_enough(self) -> None:
        found = kapula.expectations(drifting(score=np.full(960, 5.0)), "score", "speed", "month")
        assert (found.verdict, found.n, found.needed_n) == ("not_enough", 960, 961)
        assert found.warnings == ("zero_variance",)

    def test_one_of_several_performances_that_never_varies_is_warned_of(self) -> None:
        found = kapula.expectations(drifting(price=np.full(960, 2.0)), "score", ["speed", "price"], "month")
        assert "constant" in found.warnings
        assert "constant" not in kapula.expectations(drifting(), "score", "speed", "month").warnings


class TestIntended:
    def test_a_nan_of_a_parquet_file_is_a_blank(self, tmp_path: Any) -> None:
        """An engine holds NaN to be above every threshold, and a file's statistics hide that it is there."""
        table = {"y": [1.0, 9.0, float("nan"), float("nan")] * 50}
        pq.write_table(pa.table(table), tmp_path / "a.parquet")
        aim = {"name": "a", "rules": [{"column": "y", "op": ">=", "value": 7}]}
        found, same = (kapula.intended(one, aim) for one in (str(tmp_path / "a.parquet"), table))
        assert found.n == same.n == 100
        assert found.aims[0].share.value == same.aims[0].share.value == 0.5


@pytest.mark.parametrize("value", [1e150, -1.797693e308])
@pytest.mark.parametrize("name", ["accounts", "expectations", "health", "linkage", "memory", "prune"])
def test_a_value_too_large_to_square_is_refused(name: str, value: float) -> None:
    """Statistics programs write it for no answer: one of them made of every mean a figure like itself."""
    given = registry.get(name).example()
    wanted = given.keywords[given.figures[0]]
    column = wanted if isinstance(wanted, str) else next(iter(wanted))
    values = given.table[column].cast(pa.float64()).to_pylist()
    values[7] = value
    table = given.table.set_column(given.table.column_names.index(column), column, pa.array(values))
    with pytest.raises(NotFiniteError, match=r"has 1 values that are infinite or beyond 1e\+100"):
        registry.get(name).run(table, **given.keywords)


def test_so_it_is_by_a_measure_unless_it_is_set_aside() -> None:
    table = {"y": [1.0, 2.0, 3.0, 1e300]}
    with pytest.raises(OffScaleError, match=r"1 answers off the scale numbers up to 1e\+100: 1e\+300"):
        kapula.measure(table, "mean", column="y")
    assert kapula.measure(table, "mean", column="y", off_scale="set_aside").rows[0].value == 2


def test_the_score_is_no_driver_of_its_own_change() -> None:
    table = {"y": [1.0, 2.0, 3.0, 4.0] * 40, "g": ["a", "b"] * 80, "w": [1, 1, 2, 2] * 40}
    with pytest.raises(ParameterError, match="'y' is the score and a driver") as error:
        kapula.decompose(table, "mean", segment="g", period="w", column="y", drivers=["y"], n_boot=100)
    assert error.value.context == {"parameter": "drivers", "value": "y"}


def test_a_renewal_that_is_no_day_is_not_taken_for_none() -> None:
    table = {"firm": ["A", "B"], "score": [1.0, 2.0], "ends": ["2026-01-31", "next year"]}
    with pytest.raises(ColumnTypeError, match=r"'ends' holds text, not ISO dates \(1 rows hold other text\)"):
        kapula.accounts(table, "firm", "score", renewal="ends")
    kapula.accounts({**table, "ends": ["2026-01-31", " "]}, "firm", "score", renewal="ends")


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (["a", "b"], "text"),
        (pa.array([0, 1], pa.date32()), "dates"),
        (pa.array([0, 1], pa.timestamp("us")), "dates with times"),
        (pa.array([0, 1], pa.time64("us")), "times of day"),
        ([[1], [2]], "lists"),
    ],
)
def test_a_column_is_called_what_it_holds(column: Any, said: str) -> None:
    table = pa.table({"y": column, "a": [1.0, 2.0]})
    with pytest.raises(ColumnTypeError, match=f"Column 'y' holds {said}, not numbers"):
        kapula.drivers(table, "y", ["a"])
    with pytest.raises(ColumnTypeError, match=f"Column 'y' holds {said}, not numbers"):
        kapula.measure(table, "mean", column="y")


@pytest.mark.parametrize("minimum_n", [-1, float("nan"), "5"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda **given: kapula.measure({"y": [1.0]}, "mean", column="y", **given),
        lambda **given: kapula.compare({"y": [1.0], "g": ["a"]}, "mean", ("a", "b"), on="g", column="y", **given),
        *(
            lambda name=name, **given: registry.get(name).run(
                registry.get(name).example().table, **{**registry.get(name).example().keywords, **given}
            )
            for name in ("expectations", "intended", "linkage", "memory", "noticed", "contact_reasons")
        ),
    ],
)
def test_a_minimum_that_is_none_is_refused(ask: Any, minimum_n: Any) -> None:
    with pytest.raises(KapulaError) as error:
        ask(minimum_n=minimum_n)
    assert error.value.context["parameter"] == "minimum_n"
    assert error.value.hint == "Give zero or more."
