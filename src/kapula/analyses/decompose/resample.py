"""The bootstrap of a decomposition: units drawn within strata.

Strata are the periods; with clusters they are the customers heard in the first period only, in the second only and
in both, so that each draw
keeps the two samples' sizes and what ties them. Strata of very many units are first joined into random groups, whose
sums vary as the units' do (Wolter 2007, Introduction to Variance Estimation, ch. 2; the standard error is then itself known to within 2 %).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.decompose.parts import Split, split
from kapula.analyses.decompose.units import Ints, Units

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


def splits(units: Units, replicates: int, seed: int) -> Split:
    """The decomposition of every resample."""
    return split(*draws(units, replicates, seed))
