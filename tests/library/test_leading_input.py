"""What cannot be answered is said, with what would be needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from leading_worlds import answer, memory, planted, rows

import kapula
from kapula.analyses.leading import granger
from kapula.analyses.leading.enough import needed_periods
from kapula.errors import ColumnTypeError, ParameterError, TableError


def table(periods: int = 100, units: int = 4) -> dict[str, Any]:
    return rows(*planted(np.random.default_rng(1), units, periods, 2, 0.5))


def ask(given: Any, candidates: Any = ("x0",), **settings: Any) -> Any:
    return kapula.leading(given, "unit", "week", "y", candidates, **settings)


@pytest.mark.parametrize(
    ("settings", "parameter"),
    [
        ({"candidates": []}, "candidates"),
        ({"candidates": ["x0", "y"]}, "candidates"),
        ({"candidates": ["x0", "x0"]}, "columns"),
        ({"max_lag": 0}, "max_lag"),
        ({"max_lag": 1000}, "max_lag"),
        ({"max_lag": 2.5}, "max_lag"),
        ({"horizon": 9}, "horizon"),
        ({"window": 0}, "window"),
        ({"window": 9}, "max_lag"),
        ({"q": 0.0}, "q"),
        ({"level": 1.0}, "level"),
        ({"event": 1.5}, "event"),
        ({"season": -1}, "season"),
        ({"bad": "worst"}, "bad"),
        ({"miss_cost": 0}, "miss_cost"),
        ({"period": "fortnight"}, "period"),
    ],
)
def test_settings_that_cannot_be_used_are_named(settings: dict[str, Any], parameter: str) -> None:
    with pytest.raises(ParameterError) as error:
        ask(table(), **settings)
    assert error.value.context["parameter"] == parameter
    assert error.value.hint


def test_the_order_of_a_granger_test_is_checked_too() -> None:
    with pytest.raises(ParameterError):
        granger(table(), unit="unit", time="week", target="y", candidate="x0", order=0)


def test_text_as_a_candidate_is_refused() -> None:
    given = table() | {"x0": ["long"] * 400}
    with pytest.raises(ColumnTypeError):
        ask(given)


def test_two_columns_of_one_name_are_refused() -> None:
    import pyarrow as pa

    given = table()
    doubled = pa.table([pa.array(values) for values in given.values()] + [pa.array(given["x0"])], names=[*given, "x0"])
    with pytest.raises(TableError):
        ask(doubled)


def test_too_few_periods_say_how_many_are_needed() -> None:
    result = ask(table(12))
    assert (result.verdict, result.n, result.tested) == ("not_enough", 12, 0)
    assert result.needed_n == needed_periods(4, 8, 8, 1, 0.05) > 12
    assert all(lead.q is None and lead.gain is None and not lead.leads for lead in result.leads)
    assert ask(table(result.needed_n)).verdict != "not_enough"


def test_one_period_and_no_figures_are_too_few() -> None:
    nothing = table() | {"y": [None] * 400}
    assert [(one.verdict, one.n) for one in (ask(table(1)), ask(nothing))] == [("not_enough", 1), ("not_enough", 0)]


def test_more_candidates_and_longer_windows_need_more() -> None:
    assert needed_periods(1, 800, 8, 1, 0.05) > needed_periods(1, 8, 8, 1, 0.05)
    assert needed_periods(1, 8, 8, 4, 0.05) == 4 * needed_periods(1, 8, 8, 1, 0.05)
    assert needed_periods(20, 8, 8, 1, 0.05) < needed_periods(1, 8, 8, 1, 0.05)


def test_a_constant_candidate_is_named_and_the_others_are_tested() -> None:
    result = ask(table() | {"flat": [3.0] * 400}, ["flat", "x0"])
    flat = next(lead for lead in result.leads if lead.name == "flat")
    assert (flat.lag, flat.warnings) == (None, ("constant",))
    assert "constant" in result.warnings
    assert [lead.name for lead in result.leads if lead.leads] == ["x0"]
    assert result.tested == 8


def test_a_constant_target_has_no_leader() -> None:
    result = ask(table() | {"y": [3.0] * 400})
    assert result.verdict == "not_enough"
    assert "zero_variance" in result.warnings


def test_candidates_that_are_the_same_both_lead() -> None:
    given = table()
    result = ask(given | {"again": given["x0"]}, ["x0", "again"])
    assert [(lead.lag, lead.leads) for lead in result.leads] == [(2, True), (2, True)]


def test_a_candidate_that_is_mostly_blank_is_named() -> None:
    y, x = planted(np.random.default_rng(2), 4, 120, 2, 0.5)
    holed = memory(np.random.default_rng(3), (1, 4, 120), 0.5)
    holed[:, :, ::5] = np.nan
    holed[:, :2] = np.nan
    result = answer(y, np.concatenate([x, holed]))
    assert next(lead for lead in result.leads if lead.name == "x1").warnings == ("mostly_missing",)
    assert [lead.name for lead in result.leads if lead.leads] == ["x0"]


def test_rows_without_a_unit_or_a_time_are_set_aside_and_counted() -> None:
    given = table()
    given["unit"] = [None if row % 50 == 0 else unit for row, unit in enumerate(given["unit"])]
    result = ask(given)
    assert result.set_aside["rows_without_unit_or_time"] == 8
    assert result.leads[0].leads


def test_filters_choose_rows() -> None:
    assert ask(table(), filters={"unit": ["u00", "u01"]}).units == 2


def test_moments_are_gathered_into_weeks_on_the_clock_given() -> None:
    y, x = planted(np.random.default_rng(4), 1, 90, 2, 0.9)
    start = datetime(2024, 12, 30, 22, 30, tzinfo=UTC)  # Monday half past midnight in Helsinki is Sunday in UTC
    moments = [start + timedelta(weeks=week, days=day) for week in range(90) for day in (-1, 2)]
    given = {"at": moments, "y": np.repeat(y[0], 2), "x0": np.repeat(x[0, 0], 2)}
    result = kapula.leading(given, None, "at", "y", ["x0"], period="week", timezone="Europe/Helsinki")
    assert (result.n, result.grain) == (90, "week")
    assert [(lead.lag, lead.leads) for lead in result.leads] == [(2, True)]
