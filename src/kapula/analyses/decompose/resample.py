"""The bootstrap of a decomposition: units drawn within strata, intervals and p from the draws.

Strata are the periods; with clusters they are the customers heard in the first period only, in the second only and
in both, so that each draw
keeps the two samples' sizes and what ties them. Strata of very many units are first joined into random groups, whose
sums vary as the units' do (Wolter 2007, Introduction to Variance Estimation, ch. 2; the standard error is then itself known to within 2 %).

The interval is the percentile interval at levels widened for few units: α′ = Φ(√(n/(n−1)) t_{n−1}(α)) (Hesterberg 2015, The American
Statistician 69, 371–386), with n − 1 by Welch–Satterthwaite over the cells a figure rests on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.decompose.parts import Split, split
from kapula.analyses.decompose.results import Part
from kapula.analyses.decompose.units import Ints, Units
from kapula.statistics.laws import normal_share, t_quantile, t_tail

Floats = NDArray[np.float64]
GROUPS: Final = 2000
"""Random groups a stratum of more units is joined into."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """``columns``: which columns of sums occur; ``sums``: (units, columns); ``times``: how often each occurs."""

    columns: Ints
    sums: Floats
    times: Ints


def strata(units: Units, values: Floats, random: np.random.Generator) -> list[Stratum]:
    """``values``: (entries, k), what each entry gives to columns k × cell … k × cell + k − 1."""
    side = np.bincount(units.unit, units.cell % 2 == 0, units.count) > 0
    later = np.bincount(units.unit, units.cell % 2 == 1, units.count) > 0
    kind = side.astype(np.int64) + 2 * later.astype(np.int64)
    return [_stratum(units, values, kind == code, random) for code in (1, 2, 3) if (kind == code).any()]


def _stratum(units: Units, values: Floats, member: NDArray[np.bool_], random: np.random.Generator) -> Stratum:
    entries = np.flatnonzero(member[units.unit])
    unit = np.unique(units.unit[entries], return_inverse=True)[1]
    times = np.ones(unit.max() + 1, dtype=np.int64)
    if not units.clustered:
        times[unit] = units.times[entries]
    width = values.shape[1]
    cells, place = np.unique(units.cell[entries], return_inverse=True)
    columns = (width * cells[:, None] + np.arange(width)).ravel()
    given = values[entries]
    if len(times) > GROUPS:  # in random order, each unit to the next group in turn
        if not units.clustered:
            place, given = np.repeat(place, times), np.repeat(given, times, axis=0)
            unit = np.arange(len(place))
        count = int(unit.max()) + 1
        unit = (random.permutation(count) % GROUPS)[unit]
        times = np.ones(GROUPS, dtype=np.int64)
    sums = np.zeros((len(times), len(cells), width))
    np.add.at(sums, (unit, place), given)
    return Stratum(columns, sums.reshape(len(times), -1), times)


def draw(parts: list[Stratum], width: int, replicates: int, random: np.random.Generator) -> Floats:
    """Sums of each resample, (replicates, width)."""
    found = np.zeros((replicates, width))
    for part in parts:
        total = int(part.times.sum())
        counts = random.multinomial(total, part.times / total, size=replicates)
        found[:, part.columns] += counts @ part.sums
    return found


def draws(units: Units, replicates: int, seed: int) -> tuple[Floats, Floats]:
    """The bootstrap's Σy and Σx by segment and period, each (replicates, segments, 2)."""
    random = np.random.default_rng(seed)
    parts = strata(units, np.column_stack([units.y, units.x]), random)
    found = draw(parts, 4 * len(units.segments), replicates, random).reshape(replicates, -1, 2, 2)
    return found[..., 0], found[..., 1]


@dataclass(frozen=True, slots=True)
class Freedom:
    """Degrees of freedom (NaN where there is no interval): of each segment's change, of the whole's within part, and of the total."""

    change: Floats
    within: float
    total: float


def freedom(units: Units, found: Split) -> Freedom:
    """By Welch–Satterthwaite from the cells' linearised variances."""
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
    totals = count.sum(axis=0)
    return Freedom(change, within, float(totals.min() - 1))


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


def splits(units: Units, replicates: int, seed: int) -> Split:
    """The decomposition of every resample."""
    return split(*draws(units, replicates, seed))
