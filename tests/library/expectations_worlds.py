"""Made-up worlds for the tests of ``kapula.expectations``: answers over periods with a known drift, performance change, mix and shocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapula.analyses.expectations.design import mix_columns, performance_columns
from kapula.analyses.expectations.parts import Slope
from kapula.analyses.expectations.rows import Rows
from kapula.analyses.expectations.slopes import Slopes, slopes
from kapula.analyses.expectations.within import fit


@dataclass(frozen=True)
class World:
    """``drift``, ``performance``: change a year of the score at constant performance, and of the performance.
    ``worth``: points of score for a point of
    performance. ``shock``: standard deviation of what happens to a whole period, with autocorrelation ``rho``.
    ``customers``: answers a customer."""

    periods: int
    each: int
    years: float = 3.0
    drift: float = 0.0
    performance: float = 0.0
    worth: float = 0.5
    shock: float = 0.0
    rho: float = 0.0
    customers: int = 1
    levels: bool = True

    def draw(self, random: np.random.Generator) -> Rows:
        n = self.periods * self.each
        period = np.repeat(np.arange(self.periods), self.each)
        times = np.linspace(0, self.years, self.periods)
        x = 3 + self.performance * times[period] + random.normal(size=n)
        x = np.clip(np.round(x), 1, 5) if self.levels else x
        shock = np.zeros(self.periods)
        shock[0] = random.normal()
        for place in range(1, self.periods):
            shock[place] = self.rho * shock[place - 1] + np.sqrt(1 - self.rho**2) * random.normal()
        cluster = random.integers(0, n // self.customers, n) if self.customers > 1 else np.arange(n)
        mood = 0.6 * random.normal(size=cluster.max() + 1)[cluster] if self.customers > 1 else 0.0
        score = self.worth * x + self.drift * times[period] + self.shock * shock[period] + mood + random.normal(size=n)
        cluster = np.unique(cluster, return_inverse=True)[1]
        labels = tuple(map(str, range(self.periods)))
        return Rows(score, x[:, None], None, np.ones(n), period, cluster, (), times, labels, None, {})


@dataclass(frozen=True)
class Series:
    """A figure a month, ``months`` of them, gathered into quarters as the analysis does. ``drift``: a year; ``rho``: autocorrelation of the
    months' shocks (standard deviation 1) and of the performance."""

    months: int
    drift: float = 0.0
    rho: float = 0.0

    def draw(self, random: np.random.Generator) -> Rows:
        period, years = np.arange(self.months) // 3, np.arange(self.months) / 12
        x, shock = random.normal(size=(2, self.months))
        for at in range(1, self.months):
            x[at], shock[at] = (self.rho * one[at - 1] + np.sqrt(1 - self.rho**2) * one[at] for one in (x, shock))
        times = np.bincount(period, years) / np.bincount(period)
        labels, row = tuple(map(str, range(period[-1] + 1))), np.arange(self.months)
        score = 8 + 0.5 * x + self.drift * years + shock
        return Rows(
            score, x[:, None], None, np.ones(self.months), period, row, (), times, labels, "quarter", {}, series=True
        )


def estimate(rows: Rows, level: float = 0.95) -> Slopes:
    """The slopes as the analysis makes them."""
    design = np.column_stack([performance_columns(one) for one in rows.performance.T])
    return slopes(rows, fit(rows, rows.score, design, mix_columns(rows.mix, len(rows.score))), level)


def drifts(world: World | Series, runs: int) -> list[Slope]:
    """The drift of many draws."""
    return [estimate(world.draw(np.random.default_rng(seed))).parts["drift"] for seed in range(runs)]


def held(found: list[Slope], truth: float) -> float:
    """How often the interval holds the truth."""
    return float(
        np.mean([one.low <= truth <= one.high for one in found if one.low is not None and one.high is not None])
    )
