"""Figures in a unit in which their squares can be held: a power of two, so that no digit changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def exponent_of(values: NDArray[np.float64]) -> int:
    """The power of two of the largest value, NaN aside; 0 where there is none but 0. ``np.ldexp(values, -exponent)`` takes it off."""
    known = values[np.isfinite(values)]
    return int(np.frexp(np.abs(known).max(initial=0.0))[1])
