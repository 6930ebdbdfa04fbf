"""The part of a link between units: a meta-regression of their means. It may have another answer than the part within.

Source: Knapp & Hartung (2003), Stat. Med. 22, 2693–2710.
"""

from __future__ import annotations

import math

import numpy as np

from kapula.analyses.linkage.parts import FEWEST_BETWEEN, flat
from kapula.analyses.linkage.robust import Codes, Estimate, Floats, of


def between(unit: Codes, x: Floats, y: Floats, variance: Floats, level: float) -> Estimate | None:
    """The slope between units' means, by meta-regression: ``variance`` is the sampling variance of each ``y``, τ² by REML, and the
    standard error by Knapp & Hartung with J − 2 degrees of freedom. None below five units or without differences among them.

    Source: Knapp & Hartung (2003), Stat. Med. 22, 2693–2710.
    """
    if len(x) < FEWEST_BETWEEN or flat(x - x.mean(), x) or flat(y - y.mean(), y):
        return None
    # On one scale: the slope is of the figures, not of their units.
    wide, high = float(np.std(x)), float(np.std(y))
    x, y, variance = (x - x.mean()) / wide, (y - y.mean()) / high, variance / high**2
    design = np.column_stack([np.ones(len(x)), x])
    weight = 1 / (_tau_squared(design, y, variance) + variance)
    bread = np.linalg.inv(design.T @ (weight[:, None] * design))
    beta = bread @ (design.T @ (weight * y))
    residual = y - design @ beta
    free = len(x) - 2
    scale = float(weight @ residual**2) / free
    step = high / wide
    return of(step * float(beta[1]), step * math.sqrt(scale * float(bread[1, 1])), free, level)


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
