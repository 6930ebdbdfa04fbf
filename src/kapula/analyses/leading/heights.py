"""How high a signal stands over its unit's own figures, which periods are bad, and the level that pays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.tally import Rules

Floats = NDArray[np.float64]

TRIED = np.linspace(0.5, 0.99, 50)
"""Shares of the candidate's earlier figures that levels are tried at."""
LEAST = 12


def heights_of(signal: Floats, known: int, differenced: bool) -> Floats:
    """The signal above its unit's mean before ``known``; or its change, where it has no level to come back to."""
    if differenced:
        return np.concatenate([np.full((len(signal), 1), np.nan), np.diff(signal, axis=1)], axis=1)
    early = np.isfinite(signal[:, :known])
    count = early.sum(axis=1)
    mean = np.where(early, signal[:, :known], 0.0).sum(axis=1) / np.maximum(count, 1)
    return np.where(count[:, None] >= LEAST, signal - mean[:, None], np.nan)


def bad_periods(outcome: Floats, known: int, differenced: bool, share: float) -> Floats:
    """1 in a bad period, 0 in another, NaN where it cannot be said."""
    heights = heights_of(outcome, known, differenced)
    found = np.full(outcome.shape, np.nan)
    for unit, row in enumerate(heights):
        early = row[:known][np.isfinite(row[:known])]
        if len(early) >= LEAST:
            found[unit] = np.where(np.isfinite(row), row > np.quantile(early, 1 - share), np.nan)
    return found


def moved_on(values: Floats, lag: int) -> Floats:
    found = np.full(values.shape, np.nan)
    found[:, lag:] = values[:, : values.shape[1] - lag]
    return found


def paying_level(signal: Floats, outcome: Floats, lag: int, known: int, differenced: bool, rules: Rules) -> float:
    """The height with the least cost on the periods before ``known``; infinite when never warning costs no more."""
    warned = moved_on(heights_of(signal, known, differenced), lag)[:, :known]
    bad = bad_periods(outcome, known, differenced, rules.event)[:, :known]
    use = np.isfinite(warned) & np.isfinite(bad)
    heights, events = warned[use], bad[use] > 0
    if len(heights) < 2 * LEAST or not events.any():
        return float("inf")
    tried = np.unique(np.quantile(heights, TRIED))
    alarms = heights[None, :] > tried[:, None]
    cost = (alarms & ~events).sum(axis=1) + rules.miss_cost * (~alarms & events).sum(axis=1)
    best = int(cost.argmin())
    return float(tried[best]) if cost[best] < rules.miss_cost * events.sum() else float("inf")
