"""The second-order part of a resample's likelihoods, without fitting again.

A model fitted to the data has score zero there. In a resample it has score g*, and one Newton step from the data's fit raises the
resample's log-likelihood by ½ g*ᵀ H⁻¹ g* (a one-step bootstrap: Davidson & MacKinnon 1999, International Economic Review 40(2)). This is
all of the variation of a share whose driver is not related, where the first-order part vanishes, and what lifts small shares' resamples.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import sparse, special

from kapula.analyses.drivers.logit_draws import Draws
from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.trials import Bools, Codes, Trials

NUMBERS: Final = 2_000_000
"""Of the largest array of a chunk of subsets."""


class Bends:
    """``bent``: (players, resamples), what the second order adds to each share's log-likelihood."""

    def __init__(self, data: Trials, outcome: Bools, weight: Floats, unit: Codes, draws: Draws, players: int) -> None:
        self.data, self.draws = data, draws
        self.bent = np.zeros((players, len(draws.counts)))
        shape = (draws.counts.shape[1], len(data.all))
        place = (draws.group[unit], data.place)
        self.everyone = sparse.csr_array((weight, place), shape=shape)
        self.hits = sparse.csr_array((weight * outcome, place), shape=shape) @ data.design

    def add(self, columns: Bools, coefficients: Floats, odds: Floats) -> None:
        """A batch of subsets: their ``columns``, ``coefficients`` (subsets, players), and ``odds`` (subsets, distinct rows)."""
        if not len(self.draws.counts):
            return
        widest = max(odds.shape[1], *self.draws.counts.shape) * (columns.shape[1] + 1)
        step = max(1, NUMBERS // widest)
        for first in range(0, len(columns), step):
            part = slice(first, first + step)
            held = [np.flatnonzero(np.append(True, taken)) for taken in columns[part]]
            drawn = self.draws.counts @ self._scores(held, special.expit(odds[part]))
            starts = np.cumsum([0, *(len(own) for own in held)])[:-1]
            self.bent += coefficients[part].T @ np.add.reduceat(drawn**2, starts, axis=1).T / 2

    def _scores(self, held: list[Codes], mean: Floats) -> Floats:
        """(groups, columns of all subsets): the groups' scores, each subset's divided by the root of its curvature."""
        design = self.data.design
        expected = self.everyone @ np.hstack(
            [design[:, own] * one[:, None] for own, one in zip(held, mean, strict=True)]
        )
        found, at = [], 0
        for own, one in zip(held, mean, strict=True):
            used = design[:, own]
            curve = (used * (self.data.all * one * (1 - one))[:, None]).T @ used
            found.append((self.hits[:, own] - expected[:, at : at + len(own)]) @ _root(curve))
            at += len(own)
        return np.hstack(found)


def _root(curve: Floats) -> Floats:
    """L with L Lᵀ the inverse; a direction without curvature (collinear columns) is left out."""
    values, vectors = np.linalg.eigh(curve)
    kept = values > 1e-10 * values[-1]
    return np.asarray(vectors[:, kept] / np.sqrt(values[kept]) @ np.eye(int(kept.sum()), len(values)))
