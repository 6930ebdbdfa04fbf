"""A clock by number, for answers whose time is counted."""

from __future__ import annotations

from typing import Final

import numpy as np
from ibis.expr import types as ir
from numpy.typing import NDArray

from kapula.analyses.expectations.clock import MOST_PERIODS, Clock
from kapula.errors import ParameterError

YEARS: Final = {"day": 1 / 365.25, "week": 7 / 365.25, "month": 1 / 12, "quarter": 0.25, "year": 1.0}
PARTS: Final = 12
BLOCKS: Final = {"day": 7, "week": 4, "month": 3, "quarter": 4, "year": 3}
"""Steps that make a period where each step has one row only."""
LEAST_EACH: Final = 5
"""Answers a value must have on average to be a period of its own, when values are not whole numbers."""


def is_number(table: ir.Table, time: str) -> bool:
    """Whether the time is counted, not dated."""
    return bool(table[time].type().is_numeric())


def counted(values: NDArray[np.float64], unit: str, whole: NDArray[np.bool_]) -> Clock:
    """Periods by number: each different value is a period, ``unit`` says how long one step is. A time that flows (2024.37)
    is cut into twelfths of the unit. Where no value has two rows that are ``whole``, (rows,), a period is several steps long (BLOCKS)."""
    known = np.isfinite(values)
    periods = np.unique(values[known])
    when, steps = values, BLOCKS[unit]
    many = len(periods) > MOST_PERIODS or known.sum() < LEAST_EACH * len(periods)
    if many and (periods != np.floor(periods)).any():
        # A twelfth that is written 2021.0833 falls a hair short of itself.
        when, steps = np.floor(values * PARTS + 1e-2) / PARTS, BLOCKS["month"]
        periods = np.unique(when[known])
    names = {place: f"{period:g}" for place, period in enumerate(periods)}
    code = np.where(known, np.searchsorted(periods, np.where(known, when, 0)), -1)
    single = np.bincount(code[known & whole])
    series = single.sum() > 1 and single.max() == 1
    if series:
        code, names = _blocks(code, periods, steps)
    if len(names) > MOST_PERIODS:
        raise ParameterError(
            f"The time has {len(names)} different values; {MOST_PERIODS} periods can be told apart at most.",
            hint="Give dates, or round the time to whole periods.",
            parameter="time",
            value=len(names),
        )
    return Clock(code, values * YEARS[unit], tuple(names.values()), None, unit, series)


def _blocks(
    code: NDArray[np.int64], periods: NDArray[np.float64], steps: int
) -> tuple[NDArray[np.int64], dict[int, str]]:
    """Periods of ``steps`` steps from the first on, and their names; a step is the smallest there is between two values."""
    block = np.floor((periods - periods[0]) / np.diff(periods).min() / steps + 1e-6)
    _, place = np.unique(block, return_inverse=True)
    ends = [periods[place == one][[0, -1]] for one in range(int(place.max()) + 1)]
    return np.where(code < 0, -1, place[np.maximum(code, 0)]), {
        one: f"{first:g}–{last:g}" if last > first else f"{first:g}" for one, (first, last) in enumerate(ends)
    }
