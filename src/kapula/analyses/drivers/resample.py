"""Bootstrap sums: units (rows, or clusters of rows) drawn with replacement, without ever copying the data.

A resample's sums are its draws' counts times the units' sums. Units are taken a block at a time: the counts of a block for all
resamples are one matrix, the block's products another, and their product (BLAS) is added up. Draws are multinomial, exactly: how many
fall in a block is binomial of those that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.drivers.moments import Floats, Standard, products

Codes = NDArray[np.int64]
Progress = Callable[[int, int], None]

BLOCK = 1024
"""Units at a time: the counts of 1,000 resamples are then 8 MB."""


def blocks(rows: Floats, weight: Floats, unit: Codes | None, standard: Standard) -> Iterator[Floats]:
    """The units' sums, (units of the block, width) at a time. ``unit``: which unit each row belongs to, 0, 1, …; None: each its own."""
    if unit is None:
        for first in range(0, len(rows), BLOCK):
            yield products(rows[first : first + BLOCK], weight[first : first + BLOCK], standard)
        return
    for chosen, starts in of_units(unit):
        yield np.add.reduceat(products(rows[chosen], weight[chosen], standard), starts, axis=0)


def of_units(unit: Codes) -> Iterator[tuple[Codes, Codes]]:
    """The rows of a block of units, one unit's after another's, and where each unit's begin among them."""
    order = np.argsort(unit, kind="stable")
    starts = np.searchsorted(unit[order], np.arange(int(unit.max()) + 2))
    for first in range(0, len(starts) - 1, BLOCK):
        ends = starts[first : first + BLOCK + 1]
        yield order[ends[0] : ends[-1]], ends[:-1] - ends[0]


def resampled(
    parts: Iterator[Floats], units: int, wide: int, n_boot: int, random: np.random.Generator, progress: Progress
) -> tuple[Floats, Floats]:
    """The sums of all units (wide,), and of each resample (n_boot, wide). ``parts``: the units' sums, (units of the part, wide)."""
    total = np.zeros(wide)
    sums = np.zeros((n_boot, wide))
    left = np.full(n_boot, units, dtype=np.int64)
    done = 0
    for part in parts:
        total += part.sum(axis=0)
        if n_boot and len(part):
            drawn = random.binomial(left, len(part) / (units - done)) if done + len(part) < units else left
            left = left - drawn
            sums += counts(drawn, len(part), random) @ part
        done += len(part)
        progress(done, units)
    return total, sums


def counts(drawn: Codes, units: int, random: np.random.Generator) -> Floats:
    """(resamples, units): how often each unit is among the ``drawn`` of each resample."""
    places = random.integers(0, units, size=int(drawn.sum()), dtype=np.int32).astype(np.int64)
    places += np.repeat(np.arange(len(drawn)) * units, drawn)
    return np.bincount(places, minlength=len(drawn) * units).reshape(len(drawn), units).astype(np.float64)
