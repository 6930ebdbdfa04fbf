"""How many experiences a share needs."""

from __future__ import annotations

import math
from typing import Final

from kapula.results import Row
from kapula.statistics.laws import normal_quantile

HALF_WIDTH: Final = 0.15
"""An interval wider than this on either side says too little of a share."""


def needed(row: Row, level: float) -> int | None:
    """How many known experiences make the interval at most ``HALF_WIDTH`` on either side whatever the share; None when there are enough.

    z²/4h², times n over the effective n; a share whose interval cannot be given (one cluster) needs more of it.
    """
    if row.value is None and "suppressed" in row.warnings:
        return max(row.n + 1, _least(level))
    if row.value is None or row.low is None or row.n_effective <= 0:
        return max(_least(level), 2 * row.n)
    if row.n_effective >= _least(level):
        return None
    return max(row.n + 1, math.ceil(_least(level) * row.n / row.n_effective))


def _least(level: float) -> int:
    return math.ceil((float(normal_quantile((1 + level) / 2)) / (2 * HALF_WIDTH)) ** 2)
