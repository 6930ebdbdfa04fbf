"""Kish's measures of what unequal weights cost."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def kish_n(weights: ArrayLike) -> float:
    """Effective n, (Σw)² / Σw². Source: Kish (1965), Survey Sampling, 11.7."""
    w = np.asarray(weights, dtype=np.float64)
    squares = float(w @ w)
    return float(w.sum()) ** 2 / squares if squares > 0 else 0.0


def design_effect(weights: ArrayLike) -> float:
    """Design effect of weighting, n·Σw² / (Σw)² = 1 + cv². Source: Kish (1992), J. Official Statistics 8, 183–200."""
    w = np.asarray(weights, dtype=np.float64)
    used = int((w > 0).sum())
    effective = kish_n(w)
    return used / effective if effective > 0 else float("nan")
