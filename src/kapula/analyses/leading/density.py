"""Whether days are filled densely enough to be periods of their own, and longer ones where they are not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.times import days_of, number_of, spacing_of

Ints = NDArray[np.int64]

FILLED: Final = 0.5
"""The share of a unit's periods that must have a figure: of fewer, most of a series would be filled in from what was known before."""
LONGEST: Final = 20
"""One gap in so many, the longest, is not counted: it may be a holiday or a mistyped date."""
LEAST: Final = 10
"""Gaps by which anything can be told."""


def longer_than_days(times: Sequence[Any], units: Ints, told: NDArray[np.bool_], column: str) -> str | None:
    """The period that :func:`gathered` finds for times that are days; None for those that are longer or dense, and for numbers. ``units``:
    (times,) whose each is; ``told``: (times,) whether there is a figure of the target. Raises as
    :func:`~kapula.analyses.leading.times.days_of`."""
    if not all(isinstance(value, date | str) for value in times):
        return None
    days, named = days_of(times, column)
    if named is not None or spacing_of(days, units) != "day":
        return None
    grain = gathered([day for day, one in zip(days, told, strict=True) if one], units[told])
    return None if grain == "day" else grain


def gathered(days: Sequence[date], units: Ints) -> str:
    """ "day" where the days of a unit are dense, else "week" where its weeks are, else "month". ``units``: (days,) whose each day is."""
    if len(_gaps(days, units, "day")) < LEAST:
        return "day"
    return next((grain for grain in ("day", "week") if _filled(days, units, grain) >= FILLED), "month")


def _filled(days: Sequence[date], units: Ints, grain: str) -> float:
    """The share of the periods between a unit's first and last that have a figure, the longest gaps aside."""
    gaps = np.sort(_gaps(days, units, grain))
    kept = gaps[: len(gaps) - -(-len(gaps) // LONGEST)]
    return len(kept) / float(kept.sum()) if len(kept) else 1.0


def _gaps(days: Sequence[date], units: Ints, grain: str) -> Ints:
    """Periods from each of a unit's times to its next."""
    numbers = np.array([number_of(day, grain) for day in days], dtype=np.int64)
    of, at = np.unique(np.column_stack([units, numbers]), axis=0).reshape(-1, 2).T
    return np.asarray(np.diff(at)[np.diff(of) == 0], dtype=np.int64)
