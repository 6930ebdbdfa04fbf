"""What the time before the roll-out says: shown beside the answer, and never a gate.

Source: Roth (2022), American Economic Review: Insights 4, 305–322; Rambachan & Roth (2023), Rev. Econ. Stud. 90, 2555–2591.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from kapula.analyses.linkage.robust import Estimate
from kapula.analyses.noticed.cells import Floats
from kapula.analyses.noticed.effects import Att, Grid, combined, group_time
from kapula.analyses.noticed.inference import Spread
from kapula.analyses.noticed.parts import Before, Effect, Sensitivity

TIMES: Final = (0.5, 1.0, 2.0)
MOST: Final = 20.0


def pretended(grid: Grid) -> Grid:
    """The untreated cells, each rolled-out team's later half of them called treated."""
    kept = ~grid.treated
    rolled = grid.rolled[kept].copy()
    period = grid.period[kept]
    treated = np.zeros(len(rolled), dtype=bool)
    for cohort in np.unique(grid.rolled[grid.treated]):
        mine = rolled == cohort
        there = np.unique(period[mine & (period < cohort)])
        if len(there) < 2:
            continue
        middle = int(there[(len(there) + 1) // 2])
        treated |= mine & (period >= middle)
    return Grid(grid.team[kept], period, rolled, treated, grid.weight[kept])


def pretended_atts(grid: Grid) -> list[Att]:
    """The effects of roll-outs that never were. A cohort's comparison stays what it is later: teams not yet rolled out."""
    early = pretended(grid)
    moved = early.rolled.copy()
    for cohort in np.unique(early.rolled[early.treated]):
        mine = early.rolled == cohort
        moved[mine] = early.period[mine & early.treated].min()
    found = []
    for cohort in np.unique(early.rolled[early.treated]):
        mine = early.rolled == cohort
        # The other cohorts stand with their own dates, so that they compare as long as they are untreated.
        rolled = np.where(mine, moved, early.rolled)
        treated = early.treated & mine
        one = Grid(early.team, early.period, rolled, treated, early.weight)
        found += group_time(one)
    return found


def before(grid: Grid, spread: Spread, share: Floats, weights: Floats, told: Estimate) -> Before | None:
    """The pretended effect, and how the answer fares when it is taken for drift that went on."""
    combination = combined(pretended_atts(grid), int((~grid.treated).sum()))
    if combination is None:
        return None
    drift = np.zeros(len(grid.team))
    drift[~grid.treated] = combination
    seen = spread.told(drift, share)
    if seen is None:
        return None
    n = float(grid.weight[~grid.treated][combination > 0].sum())
    effect = replace(Effect.of(n, 0.0, seen), share=None, expected=None)

    def range_at(times: float) -> tuple[float, float]:
        sides = [spread.told(weights + sign * times * drift, share) for sign in (-1, 1)]
        known = [one for one in sides if one is not None]
        return min(one.low for one in known), max(one.high for one in known)

    ranges = tuple(Sensitivity(times, *range_at(times)) for times in TIMES)
    return Before(effect, ranges, _holds_until(range_at) if told.low > 0 or told.high < 0 else None)


def _holds_until(range_at: Callable[[float], tuple[float, float]]) -> float:
    """The largest repetition at which the whole range is still on one side of zero, by bisection."""
    low, high = 0.0, MOST
    for _ in range(12):
        middle = (low + high) / 2
        ends = range_at(middle)
        low, high = (middle, high) if ends[0] > 0 or ends[1] < 0 else (low, middle)
    return round(low, 2)
