"""Dates at the ends of months, quarters and years are those periods."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from leading_worlds import planted, rows

import kapula
from kapula.analyses.leading.calendar import grid_of
from kapula.analyses.leading.times import spacing_of


def last_days(count: int, step: int = 1, month: int = 1) -> list[date]:
    """The last days of every ``step``th month from ``month`` of 2014."""
    numbers = [12 * 2014 + month - 1 + step * place for place in range(count)]
    return [date(at // 12, at % 12 + 1, monthrange(at // 12, at % 12 + 1)[1]) for at in numbers]


def weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def test_a_panel_dated_at_month_ends_is_of_months() -> None:
    given = rows(*planted(np.random.default_rng(1), 4, 110, 2, 0.5))
    ends = [day.isoformat() for day in last_days(110)]
    result = kapula.leading(given | {"week": ends * 4}, "unit", "week", "y", ["x0"])
    assert (result.verdict, result.grain, result.n) == ("leads", "month", 110)
    assert not {"far_apart", "gaps"} & set(result.warnings)


@pytest.mark.parametrize(
    ("step", "month", "grain"), [(1, 1, "month"), (3, 3, "quarter"), (12, 12, "year"), (12, 2, "year")]
)
@pytest.mark.parametrize("given", [lambda day: day, weekday], ids=["last", "last weekday"])
def test_ends_are_periods(step: int, month: int, grain: str, given: Callable[[date], date]) -> None:
    days = [given(day) for day in last_days(30, step, month)]
    grid = grid_of(days, None, "t")
    assert grid.grain == grain
    assert grid.places.tolist() == list(range(30))


def test_a_missing_month_is_a_gap_and_a_holiday_moves_no_month() -> None:
    days = [weekday(day) for day in last_days(24) if day != date(2014, 4, 30)]
    days[days.index(date(2015, 5, 29))] = date(2015, 5, 27)
    grid = grid_of(days, None, "t")
    assert (grid.grain, len(grid.labels), len(set(grid.places.tolist()))) == ("month", 24, 23)


@pytest.mark.parametrize(
    ("days", "grain"),
    [
        ([date(2014, 5, 30), date(2014, 5, 31), date(2014, 6, 30)], "day"),
        ([date(2014, 1, 31), date(2014, 2, 28), date(2014, 3, 19)], "day"),
        ([date(2026, 1, 30) + timedelta(weeks=4 * place) for place in range(3)], "week"),
        ([date(2026, 1, 31), date(2026, 2, 28)], "month"),
        ([date(9998, 12, 31), date(9999, 12, 31)], "year"),
    ],
    ids=["two in a month", "not its end", "four weeks apart", "February's end", "the last day there is"],
)
def test_what_is_no_end_stays_as_it_was(days: Sequence[date], grain: str) -> None:
    assert spacing_of(days) == grain
