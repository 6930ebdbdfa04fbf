"""Logit likelihoods of many subsets of columns at once: Newton's method on distinct rows, all subsets of a batch side by side.

A batch's curvatures are one matrix product of the subsets' weights with the rows' products. The step is halved where the likelihood
would fall. Collinear columns only make the curvature singular; a ridge in the step (not in the likelihood) carries over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.trials import Bools, Codes, Trials

STEPS: Final = 40
CLOSE: Final = 1e-10
CELLS: Final = 2_000_000
"""Subsets × distinct rows of a batch."""


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
