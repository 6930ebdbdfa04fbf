"""Weeks stay weeks when a holiday moves a date, or when every unit has a weekday of its own."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

import kapula
from kapula.analyses.leading.times import spacing_of

UNITS, WEEKS, LAG = 5, 110, 3
MONDAY = date(2022, 1, 3)


def panel(moved: dict[tuple[int, int], int]) -> dict[str, list[object]]:
    """x leads y by LAG weeks; ``moved``: days by which a unit's week is dated late."""
    draw = np.random.default_rng(11)
    rows: dict[str, list[object]] = {"unit": [], "day": [], "x": [], "y": []}
    for unit in range(UNITS):
        x = draw.normal(size=WEEKS + LAG)
        y = 0.8 * x[:-LAG] + draw.normal(size=WEEKS)
        for week in range(WEEKS):
            rows["unit"].append(f"u{unit}")
            rows["day"].append(MONDAY + timedelta(days=7 * week + moved.get((unit, week), 0)))
            rows["x"].append(float(x[week + LAG]))
            rows["y"].append(float(y[week]))
    return rows


MOVED = {
    "a holiday for all": {(unit, 50): 1 for unit in range(UNITS)},
    "one of them": {(2, 50): 1},
    "a weekday each": {(unit, week): unit for unit in range(UNITS) for week in range(WEEKS)},
}


@pytest.mark.parametrize("moved", MOVED.values(), ids=MOVED)
def test_a_lead_is_found_though_days_stray(moved: dict[tuple[int, int], int]) -> None:
    result = kapula.leading(panel(moved), "unit", "day", "y", ["x"], max_lag=8)
    (lead,) = result.to_dict()["leads"]
    assert (lead["lag"], lead["leads"]) == (LAG, True)
    assert result.to_dict()["n"] == WEEKS


def test_days_stay_days() -> None:
    every = [MONDAY + timedelta(days=place) for place in range(60)]
    business = [day for day in every if day.weekday() < 5]
    assert spacing_of(every) == spacing_of(business) == "day"
    pairs = [MONDAY + timedelta(days=days) for week in range(0, 300, 13) for days in (week, week + 1, week + 7)]
    assert spacing_of(pairs) == "day"  # several in a week


def test_months_that_stray_are_months() -> None:
    days = [date(2020 + month // 12, month % 12 + 1, 10 + month % 3) for month in range(40)]
    assert spacing_of(days) == "month"
