"""Which units each resample of a logit draws. The same draws serve the linear model's sums, the likelihoods and their curvature."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.resample import Codes, counts
from kapula.analyses.drivers.sample import BLOCKS, Sample

OWN: Final = 2 * BLOCKS
"""Units up to which each is drawn by itself; more are first joined into :data:`BLOCKS` random groups of equal size."""


@dataclass(frozen=True, slots=True)
class Draws:
    """``counts``: (resamples, groups), how often each group is drawn. ``group``: of each unit."""

    counts: Floats
    group: Codes

    def summed(self, parts: Iterable[Floats]) -> tuple[Floats, Floats]:
        """The sum of all units (width,), and of each resample (resamples, width). ``parts``: the units' own, a block (units, width) at a
        time."""
        groups, at = np.zeros((self.counts.shape[1], 0)), 0
        for part in parts:
            shape = (self.counts.shape[1], len(part))
            place = (self.group[at : at + len(part)], np.arange(len(part)))
            found = sparse.csr_array((np.ones(len(part)), place), shape=shape) @ part
            groups, at = groups + found if groups.shape[1] else found, at + len(part)
        return groups.sum(axis=0), self.counts @ groups


def draws_of(sample: Sample, n_boot: int, seed: int) -> Draws:
    """One cluster cannot be resampled."""
    random = np.random.default_rng(seed)
    group = np.arange(sample.units)
    if sample.units > OWN:
        group = random.permutation(group) % BLOCKS
    groups = min(sample.units, int(group.max()) + 1)
    drawn = np.full(n_boot if sample.units > 1 else 0, groups, dtype=np.int64)
    return Draws(counts(drawn, groups, random), group)
