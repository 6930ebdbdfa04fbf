"""A straight line through period figures whose errors have two sources: the answers drawn, and what happened in the period.

y_t = a + b t + shock_t + error_t with var(error_t) = v_t known and var(shock_t) = τ² not. τ² by Paule & Mandel (1982, J. Res. NBS 87,
377–385), weights 1 / (v_t + τ²), and the slope's variance scaled by the residuals' own spread with Student's t of T
− 2 degrees of freedom (Knapp & Hartung 2003,
Statistics in Medicine 22, 2693–2710): the periods are the sample, however many answers each holds. With six periods or more what
lasts from one period to the next widens the interval (:mod:`kapula.statistics.memory`); ``rho`` is the lag-1 autocorrelation of the
residuals, corrected for its bias after a fitted line (Kendall 1954, Biometrika 41, 403–404).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kapula.statistics.laws import t_quantile
from kapula.statistics.memory import lasting

Floats = NDArray[np.float64]
LEAST_PERIODS: Final = 4
"""Fewer leave one degree of freedom or none."""
LEAST_FOR_MEMORY: Final = 6
LEAST_FOR_RHO: Final = 16
MOST_RHO: Final = 0.9


@dataclass(frozen=True, slots=True)
class Line:
    """``slope`` per unit of t; ``intercept`` at t = 0; ``spreads``: its standard error at each autocorrelation there may be, with
    ``chances``, and ``df``; ``tau2``: variance of period shocks; ``rho``: their autocorrelation, 0 or more; ``weights``: of the periods,
    adding up to 1; ``pull``: the slope is Σ pull_t y_t."""

    slope: float
    intercept: float
    spreads: Floats
    chances: Floats
    df: float
    tau2: float
    rho: float
    weights: Floats
    pull: Floats

    @property
    def se(self) -> float:
        return math.sqrt(float(self.chances @ self.spreads**2))

    def interval(self, level: float) -> tuple[float, float]:
        """A half that Student's t, over all autocorrelations, stays within with chance ``level``."""
        t = t_quantile((1 + level) / 2, self.df)
        low, high = t * float(self.spreads.min()), t * float(self.spreads.max())
        for _ in range(60 if high > low else 0):
            half = (low + high) / 2
            low, high = (half, high) if self._beyond(half) > 1 - level else (low, half)
        return self.slope - high, self.slope + high

    @property
    def p(self) -> float | None:
        return self._beyond(abs(self.slope)) if self.spreads.min() > 0 else None

    def _beyond(self, distance: float) -> float:
        return 2 * float(self.chances @ special.stdtr(self.df, -distance / self.spreads))


def line(t: Floats, y: Floats, variance: Floats, *, extra: float = 0.0) -> Line:
    """The line through (t, y), arrays of shape (T,) with T ≥ 3 and different t. ``variance``: sampling variances, above 0 (only their
    proportions matter where shocks are large). ``extra``: variance of the slope from elsewhere, added."""
    tau2 = _paule_mandel(t, y, variance)
    weights = 1 / (variance + tau2)
    weights = weights / weights.sum()
    middle = float(weights @ t)
    pull = weights * (t - middle) / float(weights @ (t - middle) ** 2)
    slope = float(pull @ y)
    intercept = float(weights @ y) - slope * middle
    residual = y - intercept - slope * t
    df, root = len(t) - 2, np.sqrt(weights)
    squares = float(weights @ residual**2)
    spreads, chances = np.array([math.sqrt(squares / df / float(weights @ (t - middle) ** 2))]), np.ones(1)
    if len(t) >= LEAST_FOR_MEMORY and squares > 1e-20 * float(weights @ y**2):
        design = np.column_stack([np.ones(len(t)), t - middle]) * root[:, None]
        spreads, chances = lasting(residual * root, design, pull / root, variance / (variance + tau2))
    spreads = np.sqrt(spreads**2 + extra)
    return Line(slope, intercept, spreads, chances, df, tau2, _rho(residual * root), weights, pull)


def slope_of(t: Floats, y: Floats, found: Line) -> float:
    """The slope of other figures by the same weights, so that slopes of parts add up to the slope of the whole."""
    return float(found.pull @ y)


def _paule_mandel(t: Floats, y: Floats, variance: Floats) -> float:
    """τ² ≥ 0 with Σ (y − ŷ)² / (v + τ²) = T − 2, by bisection."""
    aim = len(t) - 2

    def excess(tau2: float) -> float:
        weights = 1 / (variance + tau2)
        middle, level = (weights @ t) / weights.sum(), (weights @ y) / weights.sum()
        slope = (weights * (t - middle)) @ (y - level) / (weights @ (t - middle) ** 2)
        return float(weights @ (y - level - slope * (t - middle)) ** 2) - aim

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, float(np.ptp(y)) ** 2 + float(variance.max())
    while excess(high) > 0:
        high *= 4
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


def _rho(residual: Floats) -> float:
    count = len(residual)
    squares = float(residual @ residual)
    if count < LEAST_FOR_RHO or squares <= 0:
        return 0.0
    found = float(residual[1:] @ residual[:-1]) / squares
    return float(np.clip((found + 2 / count) / (1 - 4 / count), 0.0, MOST_RHO))
