"""Logit likelihoods of many subsets of columns at once: Newton's method on distinct rows, all subsets of a batch side by side.

A batch's curvatures are one matrix product of the subsets' weights with the rows' products. The step is halved where the likelihood
would fall. Collinear columns only make the curvature singular; a ridge in the step (not in the likelihood) carries over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kapula.analyses.drivers.moments import Floats

Bools = NDArray[np.bool_]
Codes = NDArray[np.int64]

STEPS: Final = 40
CLOSE: Final = 1e-10
CELLS: Final = 2_000_000
"""Subsets × distinct rows of a batch."""
STEEP: Final = 15.0
"""A log-odds beyond this in the full model: look whether the drivers separate the outcome."""


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


@dataclass(frozen=True, slots=True)
class Fit:
    """Of each subset: ``odds`` (subsets, distinct rows) log-odds, ``likelihood`` (subsets,), and whether Newton arrived."""

    odds: Floats
    likelihood: Floats
    arrived: Bools


def fit(data: Trials, taken: Bools) -> Fit:
    """``taken``: (subsets, columns), which columns each subset holds."""
    design, count = data.design, data.design.shape[1]
    upper = np.triu_indices(count)
    pairs = design[:, upper[0]] * design[:, upper[1]]
    free = np.column_stack([np.ones(len(taken), dtype=bool), taken])
    held = np.logical_not(free)
    beta = np.zeros((len(taken), count))
    beta[:, 0] = np.log(data.hits.sum() / (data.all - data.hits).sum())
    odds = beta @ design.T
    likelihood = _likelihood(data, odds)
    arrived = np.zeros(len(taken), dtype=bool)
    ridge = CLOSE * data.all.sum()
    for _ in range(STEPS):
        open_ = np.flatnonzero(np.logical_not(arrived))
        if not len(open_):
            break
        mean = special.expit(odds[open_])
        gradient = ((data.hits - data.all * mean) @ design) * free[open_]
        packed = (data.all * mean * (1 - mean)) @ pairs
        curve = np.empty((len(open_), count, count))
        curve[:, upper[0], upper[1]] = curve[:, upper[1], upper[0]] = packed
        curve[held[open_]] = 0.0
        np.swapaxes(curve, 1, 2)[held[open_]] = 0.0
        curve += np.eye(count) * (ridge + held[open_][:, :, None])
        step = np.linalg.solve(curve, gradient[:, :, None])[:, :, 0]
        arrived[open_] = (gradient * step).sum(axis=1) < CLOSE * data.all.sum()
        _walk(data, open_, step, beta, odds, likelihood)
    return Fit(odds, likelihood, arrived)


def _walk(data: Trials, open_: Codes, step: Floats, beta: Floats, odds: Floats, likelihood: Floats) -> None:
    """The step, halved for those whose likelihood it would lower."""
    size = np.ones(len(open_))
    for _ in range(12):
        tried = beta[open_] + step * size[:, None]
        new = tried @ data.design.T
        worth = _likelihood(data, new)
        worse = worth < likelihood[open_] - 1e-12 * np.abs(likelihood[open_])
        if not worse.any():
            break
        size[worse] /= 2
    better = np.logical_not(worse)
    beta[open_[better]], odds[open_[better]], likelihood[open_[better]] = tried[better], new[better], worth[better]


def _likelihood(data: Trials, odds: Floats) -> Floats:
    hit, miss = log_chances(odds)
    found: Floats = hit @ data.hits + miss @ (data.all - data.hits)
    return found


def log_chances(odds: Floats) -> tuple[Floats, Floats]:
    """log P(hit) and log P(miss)."""
    tail = np.log1p(np.exp(-np.abs(odds)))
    return np.minimum(odds, 0) - tail, -np.maximum(odds, 0) - tail


def separating(data: Trials) -> Codes:
    """Columns along which the outcomes can be told apart without error, completely or but for ties; empty when the full fit exists.

    A linear programme finds a direction that is never wrong and somewhere right. Source: Konis (2007), thesis, Oxford; Albert & Anderson
    (1984), Biometrika 71, 1–10. A subset of the columns can only separate when they all do.
    """
    full = fit(data, np.ones((1, data.design.shape[1] - 1), dtype=bool))
    if full.arrived[0] and np.abs(full.odds).max() < STEEP:
        return np.empty(0, dtype=np.int64)
    from scipy.optimize import linprog

    hit, miss = data.design[data.hits > 0], data.design[data.all - data.hits > 0]
    signed = np.concatenate([hit, -miss])
    found = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(signed)), bounds=(-1, 1), method="highs")
    if found.status != 0 or -found.fun <= 1e-7 * len(signed):
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(np.abs(found.x[1:]) > 1e-9)
