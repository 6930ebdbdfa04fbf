"""Effects by cohort and period against teams not yet rolled out, each as weights on the cells' shares.

Source: Callaway & Sant'Anna (2021), J. Econometrics 225, 200–230; with several base periods the untreated outcome is fitted as in
Borusyak, Jaravel & Spiess (2024), Rev. Econ. Stud. 91, 3253–3285, in each comparison by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kapula.analyses.noticed.cells import NEVER, Cells, Codes, Flags, Floats


@dataclass(frozen=True, slots=True)
class Att:
    """One cohort in one period: ``weights`` (cells,) whose product with the shares is the effect, over ``n`` comments of the cohort."""

    cohort: int
    period: int
    n: float
    weights: Floats

    @property
    def since(self) -> int:
        return self.period - self.cohort


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells with what is compared: ``treated`` cells, each cell's ``rolled`` period, and ``weight`` in the fits."""

    team: Codes
    period: Codes
    rolled: Codes
    treated: Flags
    weight: Floats

    @classmethod
    def of(cls, cells: Cells) -> Grid:
        return cls(cells.team, cells.period, cells.rolled, cells.after, cells.n)


def group_time(grid: Grid, *, base: str = "all", control: str = "not_yet") -> list[Att]:
    """Every effect that a comparison identifies, by cohort and period.

    ``base``: "all" periods before the roll-out, or the "last" of them. ``control``: teams "not_yet" rolled out in the period, or those
    that "never" are. In each comparison the untreated share is a team's level plus the period's, fitted to untreated cells of the cohort
    and its comparison by weighted least squares; the effect is what the cohort's share is above it. With one base period and whole
    panels that is the difference of the two changes.
    """
    found = []
    for cohort in sorted(int(one) for one in np.unique(grid.rolled[grid.treated])):
        mine = grid.rolled == cohort
        for period in sorted(int(one) for one in np.unique(grid.period[mine & grid.treated])):
            one = _att(grid, mine, cohort, period, base, control)
            if one is not None:
                found.append(one)
    return found


def _att(grid: Grid, mine: Flags, cohort: int, period: int, base: str, control: str) -> Att | None:
    others = grid.rolled == NEVER if control == "never" else grid.rolled > max(period, cohort)
    before = grid.period == _last_before(grid, mine, cohort) if base == "last" else grid.period <= cohort
    untreated = ~grid.treated & before & (mine | others)
    untreated |= ~grid.treated & (grid.period == period) & (others | (mine & untreated))
    known = np.isin(grid.team, grid.team[mine & untreated])
    treated = mine & grid.treated & (grid.period == period) & known
    if not treated.any():
        return None
    weights = np.where(treated, grid.weight, 0.0)
    n = float(weights.sum())
    weights = weights / n
    fitted = _untreated_weights(grid, untreated, treated, weights)
    return None if fitted is None else Att(cohort, period, n, weights - fitted)


def _last_before(grid: Grid, mine: Flags, cohort: int) -> int:
    early = grid.period[mine & ~grid.treated & (grid.period < cohort)]
    return int(early.max()) if early.size else -1


def _untreated_weights(grid: Grid, untreated: Flags, treated: Flags, weights: Floats) -> Floats | None:
    """The weights with which untreated cells tell what the treated would have been; None where they do not."""
    rows, wanted = np.flatnonzero(untreated), np.flatnonzero(treated)
    teams, team = np.unique(grid.team[rows], return_inverse=True)
    periods, at = np.unique(grid.period[rows], return_inverse=True)
    if not np.isin(grid.team[wanted], teams).all() or not np.isin(grid.period[wanted], periods).all():
        return None
    design = np.zeros((len(rows), len(teams) + len(periods)))
    design[np.arange(len(rows)), team] = 1.0
    design[np.arange(len(rows)), len(teams) + at] = 1.0
    target = np.zeros(design.shape[1])
    np.add.at(target, np.searchsorted(teams, grid.team[wanted]), weights[wanted])
    np.add.at(target, len(teams) + np.searchsorted(periods, grid.period[wanted]), weights[wanted])
    weighted = design * grid.weight[rows][:, None]
    solved = np.linalg.lstsq(design.T @ weighted, target, rcond=1e-10)[0]
    found = np.zeros(len(grid.team))
    found[rows] = weighted @ solved
    # Where the level cannot be told (no comparison at the time, or none that is linked), the fit misses what was asked.
    return found if np.abs(design.T @ found[rows] - target).max() < 1e-6 else None


def combined(atts: Sequence[Att], size: int) -> Floats | None:
    """Effects weighted by the comments they are of; None of none."""
    if not atts:
        return None
    n = np.array([one.n for one in atts])
    return np.asarray(sum(one.n * one.weights for one in atts) / n.sum()).reshape(size)
