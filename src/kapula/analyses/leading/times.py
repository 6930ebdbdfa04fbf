"""Given times as days: which kind of period they name, how far apart they are, and the number of a day's period."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kapula.trends.labelled import named, unusable

MONTH_END: Final = 5
"""Days in which a month's last business day lies: it may end on a Sunday, and begin its last weekend with a holiday or two (March 1997
ended with Easter, and its last business day was the 27th)."""
USUAL: Final = {"week": (5, 9), "month": (26, 33), "quarter": (84, 98), "year": (355, 376)}
"""Days between a unit's times, in the middle, by which a period is meant though some dates stray."""
ALONE: Final = 0.9
"""The share of a unit's times that must each have such a period to themselves."""


def days_of(times: Sequence[Any], column: str) -> tuple[list[date], str | None]:
    """The first day of each time, and the kind of period when the times are labels of periods."""
    if all(isinstance(value, date) for value in times):
        return [value.date() if isinstance(value, datetime) else value for value in times], None
    if not all(isinstance(value, str) for value in times):
        raise unusable(column, type(times[0]).__name__)
    found = named(set(times), column)
    if found is not None:
        return [found.days[value] for value in times], None if found.kind == "day" else found.kind
    try:
        return [datetime.fromisoformat(value.strip()).date() for value in times], None
    except ValueError as error:
        raise unusable(column, "text") from error


def spacing_of(days: Sequence[date], units: NDArray[np.int64] | None = None) -> str:
    """The coarsest period whose every first day the days could be, or every last one; else the one that a unit's times usually lie apart,
    for a holiday moves a day, and units may each have a weekday of their own. ``units``: (days,) whose each day is."""
    different = sorted(set(days))
    if len(different) < 2:
        return "day"
    gaps = np.diff([day.toordinal() for day in different])
    months = np.diff([12 * day.year + day.month for day in different])
    weekly = np.gcd.reduce(gaps) % 7 == 0
    same_day = len({day.day for day in different}) == 1 and gaps.min() >= 28
    if same_day or (months.min() > 0 and _at_ends(different, MONTH_END if not weekly else 1)):
        step = int(np.gcd.reduce(months))
        return "year" if step % 12 == 0 else "quarter" if step % 3 == 0 else "month"
    return "week" if weekly else _usual(days, np.zeros(len(days), dtype=np.int64) if units is None else units)


def _usual(days: Sequence[date], units: NDArray[np.int64]) -> str:
    of, at = np.unique(np.column_stack([units, [day.toordinal() for day in days]]), axis=0).T
    gaps = np.diff(at)[np.diff(of) == 0]
    middle = float(np.median(gaps)) if len(gaps) else 0.0
    for grain, (least, most) in USUAL.items():
        if least <= middle <= most:
            periods = np.array([number_of(date.fromordinal(int(day)), grain) for day in at])
            alone = len(np.unique(np.column_stack([of, periods]), axis=0))
            return grain if alone >= ALONE * len(at) else "day"
    return "day"


def _at_ends(days: Sequence[date], last: int) -> bool:
    """Whether every day is among the ``last`` days of its month."""
    return all(day.day > monthrange(day.year, day.month)[1] - last for day in days)


def number_of(day: date, grain: str) -> int:
    if grain == "day":
        return day.toordinal()
    if grain == "week":
        return (day.toordinal() - 1) // 7
    months = 12 * day.year + day.month - 1
    return months // {"month": 1, "quarter": 3, "year": 12}[grain]
