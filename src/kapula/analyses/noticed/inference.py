"""How surely a weighted sum of cells is known, when cells of a team belong together and teams are few.

Source: Bell & McCaffrey (2002), Survey Methodology 28, 169–181; Imbens & Kolesár (2016), Rev. Econ. Stat. 98, 701–712; the pooled spread
as in Conley & Taber (2011), Rev. Econ. Stat. 93, 113–125.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from kapula.analyses.linkage.robust import Estimate, of
from kapula.analyses.noticed.cells import Floats
from kapula.analyses.noticed.effects import Grid

FEWEST_ROLLED: Final = 4
"""With fewer teams rolled out their own spread says too little: all teams are taken to vary alike."""
LEAST_SHARE: Final = 0.02
"""A fitted share nearer 0 or 1 varies as this one does: a cell without mentions is not without chance."""
SEEN: Final = 0.1
"""The least part of a team's own variance that its residuals must show for the team to speak of itself."""


class Spread:
    """A working model of the cells (a level for each team and period, one effect that may grow with time), and what its residuals make of
    any weighted sum of them."""

    def __init__(self, grid: Grid, level: float) -> None:
        self.grid, self.level = grid, level
        self.teams = np.unique(grid.team)
        design = _design(grid)
        gram = np.linalg.pinv(design.T @ (grid.weight[:, None] * design), rcond=1e-10, hermitian=True)
        self.design, self.hat = design, gram @ (design * grid.weight[:, None]).T
        self.pooled = len(np.unique(grid.team[grid.treated])) < FEWEST_ROLLED

    def told(self, weights: Floats, share: Floats) -> Estimate | None:
        """The sum of the shares with its interval; None where the teams leave nothing to judge it by."""
        own = np.where(self.grid.team[None, :] == self.teams[:, None], weights[None, :], 0.0)
        fitted = self.design @ (self.hat @ share)
        sums = own @ (share - fitted)
        rows = own - (own @ self.design) @ self.hat
        variances = self._variances(fitted)
        seen = (rows * variances) @ rows.T
        whole = (own**2) @ variances
        diagonal = np.diag(seen)
        asked = whole > 1e-4 * whole.sum()
        alone = bool((diagonal[asked] < SEEN * whole[asked]).any())
        if self.pooled or alone:
            variance, df = _pooled(sums, seen, whole)
        else:
            factor = np.where(asked, whole / np.maximum(diagonal, 1e-300), 1.0)
            variance = float(factor @ sums**2)
            df = _freedom(seen * np.sqrt(np.outer(factor, factor)))
        if not (math.isfinite(variance) and df >= 1):
            return None
        if variance < 1e-9 * whole.sum():  # no spread at all is luck: comments drawn by chance have theirs
            variance = float(whole.sum())
        return of(float(weights @ share), math.sqrt(variance), df, self.level)

    def _variances(self, fitted: Floats) -> Floats:
        """How much cells vary under the working model, up to a factor: as shares do, where they are."""
        chance = np.clip(fitted, LEAST_SHARE, 1 - LEAST_SHARE)
        return np.asarray(chance * (1 - chance) / np.maximum(self.grid.weight, 1e-12))


def _pooled(sums: Floats, seen: Floats, whole: Floats) -> tuple[float, float]:
    """The spread that all teams show together, put on each team's share of the sum."""
    total = float(np.trace(seen))
    return (float(sums @ sums) / total * float(whole.sum()), _freedom(seen)) if total > 1e-300 else (math.nan, 0.0)


def _freedom(spread: Floats) -> float:
    """Satterthwaite: the degrees of freedom that match the first two moments under the working model."""
    square = float(np.sum(spread**2))
    return float(np.trace(spread)) ** 2 / square if square > 0 else 0.0


def _design(grid: Grid) -> Floats:
    teams, team = np.unique(grid.team, return_inverse=True)
    periods, at = np.unique(grid.period, return_inverse=True)
    rows = np.arange(len(grid.team))
    design = np.zeros((len(rows), len(teams) + len(periods) + 2))
    design[rows, team] = 1.0
    design[rows, len(teams) + at] = 1.0
    design[:, -2] = grid.treated
    design[:, -1] = np.where(grid.treated, grid.period - grid.rolled, 0)
    return design
