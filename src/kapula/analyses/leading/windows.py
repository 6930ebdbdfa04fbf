"""Figures of overlapping survey windows: neighbours share answers, so a shared week looks like a lead. They are
thinned until none overlap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.deterministic import basis, detrended, differences
from kapula.analyses.leading.panel import Panel

Floats = NDArray[np.float64]

LONGEST = 13
_SURE, _OTHERS, _FIGURES = -0.4, 0.2, 100


def thinned(panel: Panel, window: int) -> Panel:
    """Every ``window``-th period, the last one kept."""
    if window == 1:
        return panel
    first = (len(panel.grid.labels) - 1) % window
    grid = replace(panel.grid, labels=panel.grid.labels[first::window])
    cut = np.s_[..., first::window]
    return replace(panel, grid=grid, target=panel.target[cut], candidates=panel.candidates[cut], n=panel.n[cut])


def suspected(target: Floats) -> int:
    """The window (2–13 periods) a target (units, periods) looks averaged over, 1 when it does not.

    The mean of w independent periods changes by (new − oldest) ÷ w: its changes resemble those w periods later by
    −½, and no others.
    """
    if np.isfinite(target).sum() < _FIGURES:
        return 1
    change = differences(detrended(target, basis(target.shape[-1], None)))
    found = [_resemblance(change, lag) for lag in range(1, min(LONGEST, target.shape[-1] // 4) + 1)]
    if len(found) < 2:
        return 1
    lowest = int(np.argmin(found))
    others = np.delete(np.abs(found), lowest)
    return lowest + 1 if lowest and found[lowest] <= _SURE and others.max() < _OTHERS else 1


def _resemblance(change: Floats, lag: int) -> float:
    """Autocorrelation over all units."""
    first, second = change[:, :-lag], change[:, lag:]
    both = np.isfinite(first) & np.isfinite(second)
    if both.sum() < 20:
        return 0.0
    x, y = first[both], second[both]
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / size if size > 0 else 0.0
