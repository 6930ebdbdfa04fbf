"""The two parts of a link: within units over time, and between units. They are other questions and may have other answers.

Hybrid (Mundlak) form: ȳ_ut = a + β_W·(x_u,t−k − x̄_u) + β_B·x̄_u + controls + u_u + e_ut. In the random-intercept model the two are
orthogonal, so each is estimated on its own with the inference that suits its sample. Sources: Mundlak (1978), Econometrica 46, 69–85;
Bell & Jones (2015), Polit. Sci. Res. Methods 3, 133–153.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.analyses.linkage.cells import Cells, Side
from kapula.analyses.linkage.robust import Codes, Estimate, Floats, clustered, of

FEWEST_UNITS: Final = 6
"""Below this many units the within part is clustered by stretches of time, and speaks of these units only."""
FEWEST_BLOCKS: Final = 8
MOST_BLOCKS: Final = 12
BLOCK: Final = 5
"""Stretches of time as clusters: at least 8 of at least 5 periods (Bester, Conley & Hansen, J. Econometrics 165, 2011)."""
FEWEST_BETWEEN: Final = 5
"""Units that a slope between units takes, and cells that a slope within takes for each of them at the least."""


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


@dataclass(frozen=True, slots=True)
class Within:
    """``estimate`` alone, and ``beside`` the other lags in one model; both None when they cannot be told. ``scope``: "units" when it
    speaks of units like these, "these_units" when of these only."""

    estimate: Estimate | None
    beside: Estimate | None
    scope: str
    cells: int
    units: int
    answers: int


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


def within(data: Panel, column: int, level: float) -> Within:
    """The slope within units at one lag, alone and beside the other lags."""
    alone = _slope(data, [column], level)
    others = [column, *(place for place in range(data.x.shape[1]) if place != column)]
    beside = _slope(data, others, level) if len(others) > 1 else alone
    rows = ~np.isnan(data.x[:, column])
    units = len(np.unique(data.unit[rows]))
    scope = "units" if units >= FEWEST_UNITS else "these_units"
    return Within(alone, beside, scope, int(rows.sum()), units, int(data.n[rows].sum()))


def _slope(data: Panel, columns: list[int], level: float) -> Estimate | None:
    """CR2 over units when there are enough of them, else over stretches of time that hold all units."""
    rows = ~np.isnan(data.x[:, columns]).any(axis=1)
    unit = np.unique(data.unit[rows], return_inverse=True)[1]
    units = int(unit.max()) + 1 if unit.size else 0
    x = np.column_stack([data.x[rows][:, columns], data.controls[rows]])
    if not units or rows.sum() < units + x.shape[1] + FEWEST_BETWEEN:
        return None
    clusters = unit if units >= FEWEST_UNITS else _stretches(data.period[rows])
    if clusters is None:
        return None
    weight = data.weight[rows]
    root = np.sqrt(weight)
    design, y = centre(unit, x, weight)[0], centre(unit, data.y[rows][:, None], weight)[0][:, 0]
    if float(np.abs(design[:, 0]).max()) < 1e-9 or float(np.abs(y).max()) < 1e-12:
        return None
    if units < FEWEST_UNITS:  # the units' own levels share every stretch, so they stand in the design openly
        design = np.column_stack([x, np.eye(units)[unit]])
        y = data.y[rows]
    return clustered(design * root[:, None], y * root, clusters, 0, level=level)


def _stretches(period: Codes) -> Codes | None:
    """Consecutive periods in stretches of one length; None when there are too few."""
    span = int(period.max() - period.min()) + 1
    count = min(MOST_BLOCKS, span // BLOCK)
    if count < FEWEST_BLOCKS:
        return None
    blocks = (period - period.min()) * count // span
    return blocks if len(np.unique(blocks)) >= FEWEST_BLOCKS else None


def between(unit: Codes, x: Floats, y: Floats, variance: Floats, level: float) -> Estimate | None:
    """The slope between units' means, by meta-regression: ``variance`` is the sampling variance of each ``y``, τ² by REML, and the
    standard error by Knapp & Hartung with J − 2 degrees of freedom. None below five units or without differences among them.

    Source: Knapp & Hartung (2003), Stat. Med. 22, 2693–2710.
    """
    if len(x) < FEWEST_BETWEEN or float(np.ptp(x)) < 1e-9 or float(np.ptp(y)) < 1e-12:
        return None
    design = np.column_stack([np.ones(len(x)), x])
    weight = 1 / (_tau_squared(design, y, variance) + variance)
    bread = np.linalg.inv(design.T @ (weight[:, None] * design))
    beta = bread @ (design.T @ (weight * y))
    residual = y - design @ beta
    free = len(x) - 2
    scale = float(weight @ residual**2) / free
    return of(float(beta[1]), math.sqrt(scale * float(bread[1, 1])), free, level)


def _tau_squared(design: Floats, y: Floats, variance: Floats) -> float:
    """REML of the variance between units, on a grid refined three times: one number, no start values."""
    top = 4 * float(np.var(y)) + 1e-12
    low, high = 0.0, top
    best = 0.0
    for _ in range(4):
        grid = np.linspace(low, high, 41)
        best = float(grid[int(np.argmax([_restricted(design, y, variance + tau) for tau in grid]))])
        step = (high - low) / 40
        low, high = max(best - step, 0.0), best + step
    return best


def _restricted(design: Floats, y: Floats, variance: Floats) -> float:
    weight = 1 / np.maximum(variance, 1e-12)
    gram = design.T @ (weight[:, None] * design)
    beta = np.linalg.solve(gram, design.T @ (weight * y))
    return float(np.log(weight).sum() - np.linalg.slogdet(gram)[1] - weight @ (y - design @ beta) ** 2)
