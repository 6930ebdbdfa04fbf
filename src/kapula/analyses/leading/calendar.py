"""Times as places on an even grid: dates, ISO labels of periods, or whole numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.times import days_of, number_of, spacing_of, unusable
from kapula.trends.periods import label_of, next_start, period_start, require_period

SEASONS: Final[dict[str, float]] = {"day": 7.0, "week": 365.25 / 7, "month": 12.0, "quarter": 4.0}
"""How many periods a season takes: days in a week, and the others in a year."""
YEAR: Final[dict[str, float]] = {"day": 365.25, "week": 365.25 / 7, "month": 12.0, "quarter": 4.0, "year": 1.0}


@dataclass(frozen=True, slots=True)
class Grid:
    """``places``: where each given time stands; ``labels``: the name of every place, gaps included; ``grain``:
    day, week, month, quarter,
    year, or "period" for whole numbers."""

    places: NDArray[np.int64]
    labels: tuple[Any, ...]
    grain: str


def grid_of(times: Sequence[Any], period: str | None, column: str) -> Grid:
    """The grid that holds all ``times`` (no blanks): by ``period``, or by the spacing of what is given.

    Raises :class:`~kapula.errors.ColumnTypeError` for text that names no day or period, and for numbers that are not whole.
    """
    if period is not None:
        require_period(period)
    if not times:
        return Grid(np.zeros(0, dtype=np.int64), (), period or "period")
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in times):
        return _counted(times, column)
    days, named = days_of(times, column)
    grain = period or named or spacing_of(days)
    numbers = np.array([number_of(day, grain) for day in days], dtype=np.int64)
    start = days[int(numbers.argmin())]
    first = period_start(label_of(start, grain), grain)
    labels, day = [], first
    for _ in range(int(np.ptp(numbers)) + 1):
        labels.append(label_of(day, grain))
        day = next_start(day, grain)
    return Grid(numbers - numbers.min(), tuple(labels), grain)


def _counted(times: Sequence[Any], column: str) -> Grid:
    if any(not math.isfinite(value) or value != int(value) for value in times):
        raise unusable(column, "number")
    numbers = np.array([int(value) for value in times], dtype=np.int64)
    different = np.unique(numbers)
    step = int(np.gcd.reduce(np.diff(different))) if len(different) > 1 else 1
    places = (numbers - numbers.min()) // step
    labels = tuple(int(numbers.min()) + step * place for place in range(int(places.max()) + 1))
    return Grid(places, labels, "period")
