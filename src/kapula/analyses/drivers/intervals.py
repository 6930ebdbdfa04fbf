"""From resamples to intervals, to how sure the order is, and to whether there is anything to tell.

Shares: expanded percentile intervals (Hesterberg 2015, The American Statistician 69(4)), whose lower end is 0 when neither what the
driver explains alone nor what it adds to the others is surely off zero: a share is never negative, so its resamples alone could not tell.
R²: the same, moved by twice the bootstrap's bias. Ranks: a driver's range of ranks counts the drivers surely above and below it, all
pairs at once (the largest studentised deviation over all pairs; Mogstad et al. 2024, Review of Economic Studies 91(1)).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.drivers.explained import Explained, Model
from kapula.analyses.drivers.moments import Floats
from kapula.statistics.laws import f_tail, normal_share, t_quantile

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ranges:
    """Everything two-sided at one level. ``low``, ``high``, ``part_low``, ``part_high``: (players,). ``p``: that no driver is related.
    ``differences``, ``difference_low``, ``difference_high``, ``above``, ``sure``: (players, players), row minus column; ``above`` is the
    share of resamples in which the row's share is the larger. ``rank_low``, ``rank_high``, ``firsts``: (players,)."""

    low: Floats
    high: Floats
    part_low: Floats
    part_high: Floats
    r2_low: float
    r2_high: float
    p: float
    difference_low: Floats
    difference_high: Floats
    above: Floats
    sure: Bools
    rank_low: Floats
    rank_high: Floats
    firsts: Floats


def tails(level: float, units: int, parameters: int) -> tuple[float, float]:
    """The expanded percentiles: as far out as Student's t with the units left over, and the bootstrap's own narrowness set right."""
    df = max(1, units - parameters - 1)
    z = t_quantile((1 + level) / 2, df) * math.sqrt(units / df)
    return float(normal_share(-z)), float(normal_share(z))


def ranges(point: Explained, draws: Explained, model: Model, level: float, units: int) -> Ranges:
    ends = tails(level, units, model.columns - 1)
    shares, r2 = point.shares[:, 0], float(point.r2[0])
    low, high = np.quantile(draws.shares, ends, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = np.nan_to_num(draws.shares / draws.r2)
    part_low, part_high = np.quantile(parts, ends, axis=1)
    zero = could_be_zero(point, draws, model, level, units)
    low, part_low = np.where(zero, 0.0, low), np.where(zero, 0.0, part_low)
    bias = float(draws.r2.mean()) - r2
    r2_low, r2_high = np.clip(np.quantile(draws.r2, ends) - 2 * bias, 0, 1)
    p = unrelated(point.alone, draws.alone, units)
    order = _Order(shares, draws.shares, ends, p > 1 - level)
    return Ranges(
        low=np.minimum(low, shares), high=np.maximum(high, shares), part_low=part_low, part_high=part_high,
        r2_low=0.0 if p > 1 - level else min(float(r2_low), r2), r2_high=float(r2_high), p=p,
        difference_low=order.low, difference_high=order.high, above=order.above, sure=order.sure,
        rank_low=1 + order.sure.sum(axis=0), rank_high=len(shares) - order.sure.sum(axis=1), firsts=order.firsts,
    )  # fmt: skip


def could_be_zero(point: Explained, draws: Explained, model: Model, level: float, units: int) -> Bools:
    """(players,) true where neither end of what a driver may explain is surely off zero. Two tests, each at half the error."""
    found = [
        min(
            unrelated(point.alone[own], draws.alone[own], units), unrelated(point.beside[own], draws.beside[own], units)
        )
        for own in model.places
    ]
    return np.asarray(np.array(found) > (1 - level) / 2)


def unrelated(point: Floats, draws: Floats, units: int) -> float:
    """p of Hotelling's T² that all correlations ``point`` (columns, 1) are zero, with the resamples' covariance of their Fisher
    transforms (whose spread does not shrink as they grow), set right for leverage as HC3 does. A direction
    that never varies is off zero for certain, or left out when it is zero."""
    point, draws = (np.arctanh(np.clip(one, -0.999999, 0.999999)) for one in (point, draws))
    covariance = np.atleast_2d(np.cov(draws))
    values, vectors = np.linalg.eigh(covariance)
    kept = values > 1e-9 * max(float(values[-1]), 1e-300)
    rank, resamples = int(kept.sum()), draws.shape[1]
    if np.abs(vectors[:, np.logical_not(kept)].T @ point[:, 0]).max(initial=0.0) > 1e-3:
        return 0.0
    if not values[-1] > 0 or units - rank < 1 or resamples - rank < 2:
        return 1.0
    square = float(((vectors[:, kept].T @ point[:, 0]) ** 2 / values[kept]).sum())
    square *= (resamples - rank - 1) / (resamples - 1) * (1 - (rank + 1) / units) ** 2
    return f_tail(square * (units - rank) / (rank * max(1, units - 1)), rank, units - rank)


class _Order:
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
