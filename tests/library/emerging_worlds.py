"""Made-up weeks and days of comments in which nothing changes, but for what is planted."""

from __future__ import annotations

import numpy as np

from kapula.trends.periods import sequence

WEEKS = sequence("2023-W01", "2026-W52", "week")
DAYS = sequence("2025-01-01", "2026-12-31", "day")


def weeks(seed, periods=104, topics=15, volume=150, spread=0.0):
    """(counts, totals): volumes that vary, shares that do not but for ``spread``, the variance of their own variation."""
    random = np.random.default_rng(seed)
    totals = random.poisson(volume * np.exp(0.2 * random.standard_normal(periods)))
    means = totals[:, None] * np.exp(random.uniform(np.log(0.005), np.log(0.15), topics))
    if spread:
        means = means * random.gamma(1 / spread, spread, means.shape)
    return random.poisson(means), totals


def planted(seed, shares, volume=150, topics=15, spread=0.05):
    """As :func:`weeks`, the first topic's share being ``shares`` in each week."""
    counts, totals = weeks(seed, len(shares), topics, volume, spread)
    random = np.random.default_rng(1000 + seed)
    own = totals * np.asarray(shares) * random.gamma(1 / spread, spread, len(shares))
    counts[:, 0] = random.poisson(own)
    return counts, totals


def names(counts):
    return [f"topic_{place:02}" for place in range(counts.shape[1])]
