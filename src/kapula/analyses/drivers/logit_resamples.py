"""Resamples of a logit's shares without fitting again: each row's own part of the likelihood is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.drivers.logit_gains import Gains
from kapula.analyses.drivers.model import Explained
from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.resample import BLOCK, resampled
from kapula.analyses.drivers.sample import Sample
from kapula.analyses.drivers.trials import Trials


def with_shares(
    parts: Gains, data: Trials, outcome: Any, weight: Floats, linear: Explained, sample: Sample, asked: Question,
    kept: Any, progress: Progress,
) -> Explained:  # fmt: skip
    """The linear model's correlations (for the tests of no relation) with the likelihood's shares."""
    share = float(data.hits.sum() / data.all.sum())
    null = np.where(outcome, np.log(share), np.log1p(-share))
    rows = np.where(outcome, parts.hit[:, data.place], parts.miss[:, data.place])
    influence = np.vstack([rows, null]).T * weight[:, None]
    n_boot = asked.n_boot if sample.units > 1 else 0
    random = np.random.default_rng(asked.seed)
    units = _by_unit(influence, sample)
    total, sums = resampled(_parts(units), len(units), influence.shape[1], n_boot, random, progress)
    drawn = np.vstack([total[None], sums])[kept]
    shares = drawn[:, :-1].T / -drawn[:, -1]
    shares = _curved(shares, parts.shares / -data.null)
    ends = [np.repeat(end[:, None] / -data.null, shares.shape[1], axis=1) for end in (parts.first, parts.last)]
    return replace(linear, shares=shares, first=ends[0], last=ends[1], r2=shares.sum(axis=0), r2_always=0 * shares[0])


def _curved(drawn: Floats, point: Floats) -> Floats:
    """The resamples with the change carried over to the root of each share; the data itself first, exactly."""
    share = np.maximum(point, 0.0)[:, None]
    change = drawn - share
    bent = np.divide(change**2, 4 * share, out=np.zeros_like(change), where=share > 1e-12)
    found: Floats = np.maximum(drawn + bent, 0.0)
    found[:, 0] = share[:, 0]
    return found


def _by_unit(influence: Floats, sample: Sample) -> Floats:
    if sample.unit is None:
        return influence
    order = np.argsort(sample.unit, kind="stable")
    starts = np.searchsorted(sample.unit[order], np.arange(sample.units))
    summed: Floats = np.add.reduceat(influence[order], starts, axis=0)
    return summed


def _parts(units: Floats) -> Iterator[Floats]:
    for first in range(0, len(units), BLOCK):
        yield units[first : first + BLOCK]
