"""The cells of one touchpoint as a panel: the staff's figure at each lag, the precision of each mean, season and trend."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kapula.analyses.linkage.cells import Cells, Side
from kapula.analyses.linkage.robust import Codes, Floats


@dataclass(frozen=True, slots=True)
class Panel:
    """The cells of one touchpoint: ``y`` customer means with ``weight``, and ``x`` staff means at each lag, (cells, lags), NaN where
    none. ``controls``: (cells, c), season and trend."""

    unit: Codes
    period: Codes
    n: Floats
    y: Floats
    weight: Floats
    x: Floats
    controls: Floats
    periods: int


def panel(cells: Cells, side: Side, touchpoint: int, lags: tuple[int, ...], adjust: str) -> Panel:
    """The customers' cells at a touchpoint with the staff's figure ``lag`` periods before."""
    grid = cells.staff_grid()
    rows = np.flatnonzero(side.touchpoint == touchpoint)
    unit, period = side.unit[rows], side.period[rows]
    x = np.full((len(rows), len(lags)), np.nan)
    for column, lag in enumerate(lags):
        source = period - lag
        inside = (source >= 0) & (source < cells.periods)
        x[inside, column] = grid[unit[inside], source[inside]]
    n, y = side.n[rows], side.mean[rows]
    return Panel(
        unit, period, n, y, _precision(unit, n, y, side.ss[rows]), x, controls(period, cells, adjust), cells.periods
    )


def controls(period: Codes, cells: Cells, adjust: str) -> Floats:
    """A straight trend, and a yearly wave where the data holds a year and its periods are shorter than quarters."""
    if adjust == "none" or cells.periods < 8:
        return np.empty((len(period), 0))
    columns = [period / cells.periods]
    if cells.year and cells.year > 4 and cells.periods >= cells.year:
        turn = 2 * math.pi * period / cells.year
        columns += [np.sin(turn), np.cos(turn)]
    return np.column_stack(columns)


def _precision(unit: Codes, n: Floats, mean: Floats, ss: Floats) -> Floats:
    """One over the cell mean's variance: answers' own spread over n, plus what units move by beyond it (by moments)."""
    free = float((n - 1).sum())
    answer = float(ss.sum()) / free if free > 0 else 0.0
    centred = mean - centre(unit, mean[:, None], np.ones(len(n)))[1][:, 0]
    spread = float(centred @ centred) / max(len(n) - len(np.unique(unit)), 1)
    moved = max(spread - answer * float(np.mean(1 / n)), 0.0)
    variance = moved + answer / n
    return np.where(variance > 0, 1 / np.where(variance > 0, variance, 1), 1.0)


def centre(unit: Codes, columns: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """(columns minus their unit's weighted mean, those means row by row)."""
    total = np.bincount(unit, weight)
    sums = np.stack([np.bincount(unit, weight * column, minlength=len(total)) for column in columns.T], axis=1)
    means = (sums / np.maximum(total, 1e-300)[:, None])[unit]
    return columns - means, means
