"""Simulated roll-outs whose effect is known: cells of teams and months, with teams that differ, drift and react differently."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapula.analyses.noticed.cells import NEVER
from kapula.analyses.noticed.effects import Grid, combined, group_time
from kapula.analyses.noticed.inference import Spread

Array = np.ndarray


@dataclass
class World:
    """``starts``: each team's roll-out period, −1 for none. Comments a cell are drawn once; mentions anew in every run."""

    starts: tuple[int, ...]
    periods: int = 12
    mean_n: float = 20.0
    effect: float = 0.15
    grows: float = 0.0
    differs: float = 0.0
    shocks: float = 0.0
    trend: float = 0.01
    seed: int = 5

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.seed)
        teams = len(self.starts)
        size = self.rng.gamma(4.0, self.mean_n / 4.0, size=(teams, 1))
        n = self.rng.poisson(np.maximum(size, 1.0) * np.ones((1, self.periods))).astype(float)
        team, period = np.nonzero(n)
        starts = np.array(self.starts)
        rolled = np.where(starts < 0, NEVER, starts)[team]
        self.n = n[team, period]
        self.grid = Grid(team, period, rolled, period >= rolled, self.n)
        self.level = 0.12 + 0.1 * self.rng.random(teams)
        atts = group_time(self.grid)
        kept = ~self.grid.treated | np.isin(rolled * 1000 + period, [one.cohort * 1000 + one.period for one in atts])
        self.weights = combined(atts, len(team))[kept]
        whole = self.grid
        self.grid = Grid(
            *(part[kept] for part in (whole.team, whole.period, whole.rolled, whole.treated, whole.weight))
        )
        self.n = self.n[kept]
        self.spread = Spread(self.grid, 0.95)

    def run(self) -> tuple[float, float, float, float]:
        """(truth, value, low, high) of one drawing."""
        grid, rng = self.grid, self.rng
        since = np.where(grid.treated, grid.period - grid.rolled, 0)
        own = self.differs * rng.normal(size=len(self.starts))
        effect = np.where(grid.treated, self.effect + self.grows * since + own[grid.team], 0.0)
        base = self.level[grid.team] + self.trend * grid.period + 0.02 * np.sin(grid.period)
        base = base + self.shocks * rng.normal(size=len(base))
        chance = np.clip(base + effect, 0.001, 0.999)
        share = rng.binomial(self.n.astype(int), chance) / self.n
        truth = float(np.average((chance - np.clip(base, 0.001, 0.999))[grid.treated], weights=self.n[grid.treated]))
        told = self.spread.told(self.weights, share)
        return truth, told.value, told.low, told.high
