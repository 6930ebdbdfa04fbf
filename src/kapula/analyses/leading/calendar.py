"""Times as places on an even grid: dates, ISO labels of periods, or whole numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kapula.errors import ColumnTypeError
from kapula.trends.periods import _PATTERNS, label_of, next_start, period_start, require_period

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
    days, named = _days(times, column)
    grain = period or named or _spacing(days)
    numbers = np.array([_number(day, grain) for day in days], dtype=np.int64)
    start = days[int(numbers.argmin())]
    first = period_start(label_of(start, grain), grain)
    labels, day = [], first
    for _ in range(int(np.ptp(numbers)) + 1):
        labels.append(label_of(day, grain))
        day = next_start(day, grain)
    return Grid(numbers - numbers.min(), tuple(labels), grain)


def _counted(times: Sequence[Any], column: str) -> Grid:
    if any(not math.isfinite(value) or value != int(value) for value in times):
        raise _unusable(column, "number")
    numbers = np.array([int(value) for value in times], dtype=np.int64)
    different = np.unique(numbers)
    step = int(np.gcd.reduce(np.diff(different))) if len(different) > 1 else 1
    places = (numbers - numbers.min()) // step
    labels = tuple(int(numbers.min()) + step * place for place in range(int(places.max()) + 1))
    return Grid(places, labels, "period")


def _days(times: Sequence[Any], column: str) -> tuple[list[date], str | None]:
    """The first day of each time, and the kind of period when the times are labels of periods."""
    if all(isinstance(value, date) for value in times):
        return [value.date() if isinstance(value, datetime) else value for value in times], None
    if not all(isinstance(value, str) for value in times):
        raise _unusable(column, type(times[0]).__name__)
    texts = [value.strip() for value in times]
    for kind, pattern in _PATTERNS.items():
        if all(pattern.fullmatch(text) for text in texts):
            return [period_start(text, kind) for text in texts], None if kind == "day" else kind
    try:
        return [datetime.fromisoformat(text).date() for text in texts], None
    except ValueError as error:
        raise _unusable(column, "text") from error


def _spacing(days: Sequence[date]) -> str:
    """The coarsest period whose every first day the days could be."""
    different = sorted(set(days))
    if len(different) < 2:
        return "day"
    gaps = np.diff([day.toordinal() for day in different])
    if len({day.day for day in different}) == 1 and gaps.min() >= 28:
        months = np.diff([12 * day.year + day.month for day in different])
        step = int(np.gcd.reduce(months))
        return "year" if step % 12 == 0 else "quarter" if step % 3 == 0 else "month"
    return "week" if np.gcd.reduce(gaps) % 7 == 0 else "day"


def _number(day: date, grain: str) -> int:
    if grain == "day":
        return day.toordinal()
    if grain == "week":
        return (day.toordinal() - 1) // 7
    months = 12 * day.year + day.month - 1
    return months // {"month": 1, "quarter": 3, "year": 12}[grain]


def _unusable(column: str, kind: str) -> ColumnTypeError:
    return ColumnTypeError(
        f"The times in {column!r} cannot be put in order.",
        hint="Give dates, ISO periods such as 2026-W05 or 2026-01, or whole numbers.",
        column=column,
        type=kind,
        expected="date",
    )
