"""How sure the order of the drivers is: which are surely above which.

A driver's range of ranks counts the drivers surely above and below it, all pairs at once (the largest studentised deviation over all
pairs; Mogstad et al. 2024, Review of Economic Studies 91(1)).
"""

from __future__ import annotations

import numpy as np

from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.relation import Bools


class Order:
    """Every driver against every other. ``gated``: nothing is surely related at all, so no order is sure."""

    def __init__(self, shares: Floats, draws: Floats, ends: tuple[float, float], gated: bool) -> None:
        players = len(shares)
        self.low, self.high = np.zeros((players, players)), np.zeros((players, players))
        self.above, ratio = np.full((players, players), 0.5), np.zeros((players, players))
        largest = np.zeros(draws.shape[1])
        for first in range(players):
            gaps = draws[first] - draws
            self.low[first], self.high[first] = np.quantile(gaps, ends, axis=1)
            self.above[first] = (gaps > 0).mean(axis=1) + (gaps == 0).mean(axis=1) / 2
            spread = gaps.std(axis=1)
            scale = np.divide(1.0, spread, out=np.zeros(players), where=spread > 1e-12)
            ratio[first] = (shares[first] - shares) * scale
            largest = np.maximum(largest, np.abs((gaps - gaps.mean(axis=1)[:, None]) * scale[:, None]).max(axis=0))
        needed = float(np.quantile(largest, ends[1] - ends[0]))
        self.sure: Bools = (ratio > needed) & (self.low > 0) & np.logical_not(gated)
        self.firsts = np.bincount(draws.argmax(axis=0), minlength=players) / draws.shape[1]
