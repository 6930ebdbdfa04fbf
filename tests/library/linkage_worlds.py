"""Simulated panels of units and periods whose link is known."""

from __future__ import annotations

import numpy as np

from kapula.analyses.linkage.cells import EVERYWHERE, Cells, Side

Array = np.ndarray


def smooth(rng: np.random.Generator, units: int, periods: int, rho: float) -> Array:
    """First-order autoregressive series of variance 1, (units, periods)."""
    steps = rng.normal(size=(units, periods)) * np.sqrt(1 - rho**2)
    steps[:, 0] /= np.sqrt(1 - rho**2)
    for t in range(1, periods):
        steps[:, t] += rho * steps[:, t - 1]
    return steps


def side(rng: np.random.Generator, truth: Array, mean_n: float, noise: float, touchpoint: int = 0) -> Side:
    """Answers around each cell's truth, uneven in number; cells without answers are left out."""
    units, periods = truth.shape
    crowd = rng.gamma(2.0, mean_n / 2.0, size=(units, 1))
    n = rng.poisson(np.maximum(crowd, 0.5) * np.ones((1, periods))).astype(float)
    unit, period = np.nonzero(n)
    n = n[unit, period]
    ss = np.where(n > 1, noise**2 * rng.chisquare(np.maximum(n - 1, 1)), 0.0)
    spread = np.where(n > 1, ss / np.maximum(n - 1, 1), np.nan)
    mean = truth[unit, period] + noise / np.sqrt(n) * rng.normal(size=len(n))
    return Side(unit, period, np.full(len(n), touchpoint), n, mean, ss, spread)


def world(
    rng: np.random.Generator,
    units: int,
    periods: int,
    *,
    within: float = 0.0,
    between: float = 0.0,
    varying: float = 0.0,
    lag: int = 0,
    rho: float = 0.5,
    level: float = 0.4,
    touchpoints: int = 1,
) -> Cells:
    """Staff means are measured without error here (a noise of zero), so that the planted slopes are the visible ones. ``varying``: standard
    deviation of the units' own slopes around ``within``."""
    usual = rng.normal(0, 0.5, (units, 1))
    felt = 0.5 * smooth(rng, units, periods + lag, rho)
    staff = side(rng, usual + felt[:, lag:], 8.0, 1e-9)
    slopes = within + varying * rng.normal(size=(units, 1))
    truth = 7 + between * usual + slopes * felt[:, : periods + lag][:, :periods] + rng.normal(0, level, (units, 1))
    parts = [side(rng, truth + 0.3 * smooth(rng, units, periods, rho), 6.0, 1.0, place) for place in range(touchpoints)]
    customers = Side(*(np.concatenate([getattr(part, name) for part in parts]) for name in Side.__slots__))
    names = tuple(f"t{place}" for place in range(touchpoints)) if touchpoints > 1 else (EVERYWHERE,)
    return Cells(tuple(range(units)), names, periods, 52.18, customers, staff)
