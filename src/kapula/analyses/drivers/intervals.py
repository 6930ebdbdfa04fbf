"""From resamples to intervals of the shares, of their parts of R², and of the ranks.

Shares: expanded percentile intervals (Hesterberg 2015, The American Statistician 69(4)), whose lower end is 0 when neither what the
driver explains alone nor what it adds to the others is surely off zero: a share is never negative, so its resamples alone could not tell.
R²: the same, moved by twice the bootstrap's bias on Fisher's scale of R.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapula.analyses.drivers.expanded import expanded, tails
from kapula.analyses.drivers.model import Explained, Model
from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.order import Order
from kapula.analyses.drivers.relation import Bools, could_be_zero, unrelated


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


def ranges(point: Explained, draws: Explained, model: Model, level: float, units: int) -> Ranges:
    ends = tails(level, units, model.columns - 1)
    shares, r2 = point.shares[:, 0], float(point.r2[0])
    low, high = np.quantile(draws.shares, ends, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = np.nan_to_num(draws.shares / draws.r2)
    part_low, part_high = np.quantile(parts, ends, axis=1)
    zero = could_be_zero(point, draws, model, level, units)
    low, part_low = np.where(zero, 0.0, low), np.where(zero, 0.0, part_low)
    drawn, seen = _fisher(draws.r2), float(_fisher(point.r2)[0])
    r2_low, r2_high = np.tanh(np.maximum(np.quantile(drawn, ends) - 2 * (drawn.mean() - seen), 0.0)) ** 2
    p = unrelated(point.alone, draws.alone, units)
    order = Order(shares, draws.shares, level, lambda share: expanded(share, units, model.columns - 1), p > 1 - level)
    return Ranges(
        low=np.minimum(low, shares), high=np.maximum(high, shares), part_low=part_low, part_high=part_high,
        r2_low=0.0 if p > 1 - level else min(float(r2_low), r2), r2_high=max(float(r2_high), r2), p=p,
        difference_low=order.low, difference_high=order.high, above=order.above, sure=order.sure,
        rank_low=1 + order.sure.sum(axis=0), rank_high=len(shares) - order.sure.sum(axis=1), firsts=order.firsts,
    )  # fmt: skip


def _fisher(r2: Floats) -> Floats:
    found: Floats = np.arctanh(np.sqrt(np.clip(r2, 0.0, 1 - 1e-12)))
    return found
