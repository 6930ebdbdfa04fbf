"""Resamples of a logit's shares without fitting again: the data's fits' likelihood in each resample, and one Newton step from there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kapula.analyses.drivers.logit_draws import Draws
from kapula.analyses.drivers.logit_gains import Gains
from kapula.analyses.drivers.model import Explained
from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.trials import Bools, Codes, Trials


def with_shares(
    parts: Gains,
    data: Trials,
    outcome: Bools,
    weight: Floats,
    unit: Codes,
    linear: Explained,
    draws: Draws,
    constant: Bools,
) -> Explained:
    """The linear model's correlations (for the tests of no relation) with the likelihood's shares, the data's first. ``constant``:
    (players, 1) whose columns never vary."""
    rows = np.where(outcome, parts.hit[:, data.place], parts.miss[:, data.place]) * weight
    units = len(draws.group)
    own = np.column_stack([np.bincount(unit, row, units) for row in (weight, weight * outcome, *rows)])
    _, sums = draws.summed([own.astype(np.float64)])
    kept = (sums[:, 1] > 0) & (sums[:, 1] < sums[:, 0])
    gained = sums[kept, 2:].T + parts.bent[:, kept]
    shares = np.column_stack([parts.shares / -data.null, gained / -_null(sums[kept, 0], sums[kept, 1])])
    shares = np.where(constant, 0.0, np.maximum(shares, 0.0))
    ends = [np.repeat(end[:, None] / -data.null, shares.shape[1], axis=1) for end in (parts.first, parts.last)]
    return replace(linear, shares=shares, first=ends[0], last=ends[1], r2=shares.sum(axis=0), r2_always=0 * shares[0])


def _null(all_: Floats, hits: Floats) -> Floats:
    """The log-likelihood without columns."""
    share = hits / all_
    found: Floats = hits * np.log(share) + (all_ - hits) * np.log1p(-share)
    return found
