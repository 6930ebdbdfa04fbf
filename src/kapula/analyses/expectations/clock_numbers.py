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
LEAST_EACH: Final = 5
"""Answers a value must have on average to be a period of its own, when values are not whole numbers."""


def is_number(table: ir.Table, time: str) -> bool:
    """Whether the time is counted, not dated."""
    return bool(table[time].type().is_numeric())


def counted(values: NDArray[np.float64], unit: str) -> Clock:
    """Periods by number: each different value is a period, ``unit`` says how long one step is. A time that flows (2024.37)
    is cut into twelfths of the unit."""
    known = np.isfinite(values)
    periods = np.unique(values[known])
    when = values
    many = len(periods) > MOST_PERIODS or known.sum() < LEAST_EACH * len(periods)
    if many and (periods != np.floor(periods)).any():
        when = np.floor(values * PARTS) / PARTS
        periods = np.unique(when[known])
    if len(periods) > MOST_PERIODS:
        raise ParameterError(
            f"The time has {len(periods)} different values; {MOST_PERIODS} periods can be told apart at most.",
            hint="Give dates, or round the time to whole periods.",
            parameter="time",
            value=len(periods),
        )
    code = np.where(known, np.searchsorted(periods, np.where(known, when, 0)), -1)
    return Clock(code, values * YEARS[unit], tuple(f"{period:g}" for period in periods), None)
