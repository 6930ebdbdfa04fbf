"""Intervals and p from the draws.

The interval is the percentile interval at levels widened for few units: α′ = Φ(√(n/(n−1)) t_{n−1}(α)) (Hesterberg 2015, The American
Statistician 69, 371–386), with n − 1 by Welch–Satterthwaite over the cells a figure rests on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kapula.analyses.decompose.asked import Asked
from kapula.analyses.decompose.part import Part
from kapula.analyses.decompose.parts import Split
from kapula.analyses.decompose.resample import Floats
from kapula.analyses.decompose.seen import independent_in, independent_of
from kapula.analyses.decompose.units import Units
from kapula.statistics.laws import normal_share, t_quantile, t_tail


@dataclass(frozen=True, slots=True)
class Freedom:
    """Degrees of freedom (NaN where there is no interval): of each segment's change, of the whole's within part, and of the total.
    ``units``: independent units of each segment."""

    change: Floats
    within: float
    total: float
    units: Floats


def freedom(units: Units, found: Split) -> Freedom:
    """By Welch–Satterthwaite from the cells' linearised variances. A customer heard in several cells is one unit: where clusters tie cells
    together there are no more degrees of freedom than customers, less one for each period."""
    y, x = units.sums(units.y * units.times), units.sums(units.x * units.times)
    count = units.sums(units.times)
    ratio = np.divide(y, x, out=np.zeros_like(y), where=x > 0)
    residual = units.y - ratio.reshape(-1)[units.cell] * units.x
    spread = np.divide(units.sums(units.times * residual**2), x * x, out=np.zeros_like(y), where=x > 0)
    known = np.where((count > 1) & (spread > 1e-24), spread, np.nan)
    change = _satterthwaite(known, count, axis=-1)
    weights = found.shares.mean(axis=-1)[:, None] ** 2
    both = (x > 0).all(axis=-1)
    within = (
        float(_satterthwaite((weights * spread)[both].ravel(), count[both].ravel(), axis=-1))
        if both.any()
        else math.nan
    )
    heard = independent_in(units)
    if units.clustered:
        change, within = np.minimum(change, heard - 2), min(within, units.count - 2.0)
    return Freedom(change, within, min(independent_of(units, side) for side in (0, 1)) - 1.0, heard)


def _satterthwaite(variance: Floats, count: Floats, axis: int) -> Floats:
    """NaN where nothing tells how sure it is: one unit in a cell, or all its answers alike."""
    below = (variance**2 / np.maximum(count - 1, 1)).sum(axis=axis)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(below > 0, variance.sum(axis=axis) ** 2 / below, np.nan)
    return found


def part_of(value: float, drawn: Floats, df: float, level: float) -> Part:
    """The figure with its interval and p; without them where ``df`` is under 1 or the draws do not vary."""
    if not df >= 1 or np.ptp(drawn) <= 1e-12 * max(1.0, abs(value)):
        return Part(value)
    low, high = bounds(drawn, df, level)
    t = abs(value) / (float(drawn.std()) * math.sqrt((df + 1) / df))
    return Part(value, min(low, value), max(high, value), 2 * t_tail(t, df))


def bounds(drawn: Floats, df: float, level: float) -> tuple[float, float]:
    """Expanded percentile bounds."""
    tail = float(normal_share(math.sqrt((df + 1) / df) * t_quantile((1 - level) / 2, df)))
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return float(low), float(high)


def parts_at(asked: Asked, units: Units, whole: Split, drawn: Split, level: float) -> dict[str, Part]:
    """Total, mix and within with intervals of that level."""
    df, factor = freedom(units, whole), asked.factor
    mixes, withins = factor * drawn.mix.sum(axis=-1), factor * drawn.within.sum(axis=-1)
    mix, within = factor * float(whole.mix.sum()), factor * float(whole.within.sum())
    return {
        "total": part_of(mix + within, mixes + withins, df.total, level),
        "mix": part_of(mix, mixes, df.total, level),
        "within": part_of(within, withins, df.within, level),
    }
