"""Times as places on an even grid: dates, ISO labels of periods, or whole numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.times import days_of, number_of, spacing_of
from kapula.errors import ParameterError
from kapula.trends.labelled import require_no_finer, unusable
from kapula.trends.periods import label_of, next_start, period_start, require_period

SEASONS: Final[dict[str, float]] = {"day": 7.0, "week": 365.25 / 7, "month": 12.0, "quarter": 4.0}
"""How many periods a season takes: days in a week, and the others in a year."""
YEAR: Final[dict[str, float]] = {"day": 365.25, "week": 365.25 / 7, "month": 12.0, "quarter": 4.0, "year": 1.0}
MOST_NUMBER: Final = 2**53
"""Beyond it a number read as a float is no longer the one that was written."""
MOST_PLACES: Final = 20_000
"""Periods from the first time to the last, gaps included: fifty years of days. A stray time far away would stretch the grid until
nothing can be computed on it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """``places``: where each given time stands; ``labels``: the name of every place, gaps included; ``grain``:
    day, week, month, quarter,
    year, or "period" for whole numbers. ``chosen``: days were gathered into periods nobody named."""

    places: NDArray[np.int64]
    labels: tuple[Any, ...]
    grain: str
    chosen: bool = False


def grid_of(times: Sequence[Any], period: str | None, column: str, units: NDArray[np.int64] | None = None) -> Grid:
    """The grid that holds all ``times`` (no blanks): by ``period``, or by the spacing of what is given. ``units``: (times,) codes, of one
    unit when left out.

    Raises :class:`~kapula.errors.ColumnTypeError` for text that names no day or period, and for numbers that are not whole;
    :class:`~kapula.errors.ParameterError` for times so far apart that over MOST_PLACES periods would lie between them, and for a ``period``
    shorter than those that are named.
    """
    if period is not None:
        require_period(period)
    if not times:
        return Grid(np.zeros(0, dtype=np.int64), (), period or "period")
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in times):
        return _counted(times, column)
    days, named = days_of(times, column)
    if named is not None:
        require_no_finer(period, named, column, "period")
    grain = period or named or spacing_of(days, units)
    numbers = np.array([number_of(day, grain) for day in days], dtype=np.int64)
    _require_near(numbers, [day.isoformat() for day in days], column, f"{grain}s")
    _require_an_end(max(days), column)
    start = days[int(numbers.argmin())]
    first = period_start(label_of(start, grain), grain)
    labels, day = [], first
    for _ in range(int(np.ptp(numbers)) + 1):
        labels.append(label_of(day, grain))
        day = next_start(day, grain)
    return Grid(numbers - numbers.min(), tuple(labels), grain)


def _require_an_end(last: date, column: str) -> None:
    """Refuses a last day of the calendar's last year, which years apart from the others is near enough for a grid."""
    if last.year == date.max.year:
        raise ParameterError(
            f"The times in {column!r} go on to {last.isoformat()}, where the calendar ends.",
            hint="Leave dates that mean 'never' blank.",
            parameter="time",
            value=last.isoformat(),
        )


def _counted(times: Sequence[Any], column: str) -> Grid:
    if any(not math.isfinite(value) or value != int(value) or abs(value) > MOST_NUMBER for value in times):
        raise unusable(column, "number")
    numbers = np.array([int(value) for value in times], dtype=np.int64)
    different = np.unique(numbers)
    step = int(np.gcd.reduce(np.diff(different))) if len(different) > 1 else 1
    places = (numbers - numbers.min()) // step
    _require_near(places, [str(number) for number in numbers.tolist()], column, "periods")
    labels = tuple(int(numbers.min()) + step * place for place in range(int(places.max()) + 1))
    return Grid(places, labels, "period")


def _require_near(places: NDArray[np.int64], names: Sequence[str], column: str, counted: str) -> None:
    """Refuses a grid of more than MOST_PLACES, naming the time that lies farthest from the middle of the others."""
    span = int(np.ptp(places)) + 1
    if span <= MOST_PLACES:
        return
    far = names[int(np.abs(places - np.median(places)).argmax())]
    raise ParameterError(
        f"The times in {column!r} span {span} {counted}, and {MOST_PLACES} can be held: {far} lies far from the others.",
        hint="Mend or leave out the stray time, or choose longer periods.",
        parameter="time",
        value=far,
    )
