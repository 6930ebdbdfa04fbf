"""How sure the order of the drivers is: which are surely above which.

A driver's range of ranks counts the drivers surely above and below it, all pairs at once (the largest studentised deviation over all
pairs; Mogstad et al. 2024, Review of Economic Studies 91(1)).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.relation import Bools
from kapula.statistics.laws import normal_share


class Order:
    """Every driver against every other. ``out``: how far out to go for a share of the normal law
    (:func:`~kapula.analyses.drivers.expanded.expanded`). ``gated``: nothing is surely related at all, so no order is sure."""

    def __init__(self, shares: Floats, draws: Floats, level: float, out: Callable[[float], float], gated: bool) -> None:
        players = len(shares)
        far = out((1 + level) / 2)
        ends = normal_share(-far), normal_share(far)
        self.low, self.high = np.zeros((players, players)), np.zeros((players, players))
        self.above, ratio = np.full((players, players), 0.5), np.zeros((players, players))
        largest = np.zeros(draws.shape[1])
        for first in range(players):
            gaps = draws[first] - draws
            # Two shares near 0 have resamples that are both too large, by different amounts: their difference is centred on the data's.
            lean = np.median(gaps, axis=1) - (shares[first] - shares)
            self.low[first], self.high[first] = np.quantile(gaps, ends, axis=1) - lean
            self.above[first] = (gaps > 0).mean(axis=1) + (gaps == 0).mean(axis=1) / 2
            spread = gaps.std(axis=1)
            scale = np.divide(1.0, spread, out=np.zeros(players), where=spread > 1e-12)
            ratio[first] = (shares[first] - shares) * scale
            largest = np.maximum(largest, np.abs((gaps - gaps.mean(axis=1)[:, None]) * scale[:, None]).max(axis=0))
        needed = out(float(normal_share(_quantile(largest, level))))
        self.sure: Bools = (ratio > needed) & (self.low > 0) & np.logical_not(gated)
        self.firsts = np.bincount(draws.argmax(axis=0), minlength=players) / draws.shape[1]


def _quantile(values: Floats, level: float) -> float:
    """Exceeded by a new value with chance 1 − ``level`` at most (Davison & Hinkley 1997, Bootstrap Methods and their Application, 4.2)."""
    place = min(len(values), math.ceil(level * (len(values) + 1))) - 1
    return float(np.partition(values, place)[place])
