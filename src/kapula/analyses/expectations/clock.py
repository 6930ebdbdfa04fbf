"""When each answer was given: a period and a number of years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST_PERIODS: Final = 400
LEAST_IN_PERIOD: Final = 5
"""Answers a period must have, for how much they vary is told from them; smaller ones are left out and counted."""
LEAST_IN_SERIES: Final = 3
"""Rows a period must have in a series of one row a week, month or quarter: how much they vary is told from all periods together."""


@dataclass(frozen=True, slots=True)
class Clock:
    """``code``: the period of each row, 0, 1, … in time order, −1 where blank. ``years``: each row's time.
    ``labels``: the periods' names. ``grain``: of dates. ``unit``: of numbers. ``series``: whether time goes on by a row at a time, so that
    several times make a period. ``warnings``: codes."""

    code: NDArray[np.int64]
    years: NDArray[np.float64]
    labels: tuple[str, ...]
    grain: str | None
    unit: str | None = None
    series: bool = False
    warnings: tuple[str, ...] = ()
