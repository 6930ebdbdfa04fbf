"""The rows of a logit model, equal ones counted together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.drivers.moments import Floats

Bools = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trials:
    """Distinct rows. ``design``: (rows, 1 + columns) with ones first, columns standardised. ``hits``, ``all``: weight of the rows with the
    outcome, and of all. ``place``: the distinct row of each row of the data."""

    design: Floats
    hits: Floats
    all: Floats
    place: Codes

    @property
    def null(self) -> float:
        """The log-likelihood without columns."""
        share = self.hits.sum() / self.all.sum()
        return float(self.hits.sum() * np.log(share) + (self.all - self.hits).sum() * np.log1p(-share))


def trials(rows: Floats, outcome: Bools, weight: Floats) -> Trials:
    """``rows``: standardised columns."""
    distinct, place = np.unique(rows, axis=0, return_inverse=True)
    place = place.reshape(-1).astype(np.int64)
    hits, every = (
        np.bincount(place, one, minlength=len(distinct)).astype(np.float64) for one in (weight * outcome, weight)
    )
    design = np.column_stack([np.ones(len(distinct)), distinct])
    return Trials(design, hits, every, place)
