"""Shapley's shares of McFadden's R² for a binary outcome.

Resamples are linear: a share's first-order change when rows are drawn again is the sum of the drawn rows' own parts of the likelihood
at the fitted models, so that no model is fitted twice. The change is taken on the root of the share, whose spread does not grow with it.

Source: McFadden (1974); Azen & Traxel (2009), J. Educational and Behavioral Statistics 34(3) (general dominance).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.drivers.answer import answered, not_enough, shown
from kapula.analyses.drivers.explained import Explained, Model
from kapula.analyses.drivers.linear import LEAST_ROWS, batches, needed_rows, sampled, staged
from kapula.analyses.drivers.logit import Trials, separating, trials
from kapula.analyses.drivers.logit_orders import Gains, gains, subsets
from kapula.analyses.drivers.moments import Floats, covariances
from kapula.analyses.drivers.performance import Scales, check_scales
from kapula.analyses.drivers.request import Question, refused
from kapula.analyses.drivers.resample import BLOCK, resampled
from kapula.analyses.drivers.results import DriversResult
from kapula.analyses.drivers.sample import Sample


def by_logit(sample: Sample, asked: Question, scales: Scales, progress: Progress) -> DriversResult:
    if sample.values > 2:
        hint = "Use a column of two values (0 and 1, or false and true), or another method."
        raise refused(
            "outcome", f"shapley_logit needs an outcome of two values; {asked.outcome!r} has more.", hint, asked.outcome
        )
    check_scales(sample, asked, scales)
    needed = needed_by_rarer(sample, len(asked.columns))
    if sample.n < needed:
        return not_enough(sample, asked, needed)
    total, sums = sampled(sample, asked, staged(progress, 0.0, 0.2))
    means, covariance = covariances(np.vstack([total[None], sums]), len(sample.names))
    if sample.values < 2:
        return shown("no_variation", sample, asked, covariance[:, :, 0], None, ("zero_variance",))
    rows, weight = sample.held
    outcome = rows[:, -1] == rows[:, -1].max()
    standard = (rows[:, :-1] - sample.standard.centre[:-1]) / sample.standard.spread[:-1]
    data = trials(standard, outcome, weight)
    separated = separating(data)
    if len(separated):
        told = shown("separated", sample, asked, covariance[:, :, 0], None, ("separation",))
        return replace(told, named={**told.named, "separation": tuple(sample.names[place] for place in separated)})
    kept = np.append(True, covariance[-1, -1, 1:] > 0)
    means, covariance = means[:, kept], covariance[:, :, kept]
    linear = batches(covariance, Model(asked.sizes, 0, "johnson"), staged(progress, 0.2, 0.25))
    every = subsets(len(asked.players), asked.seed)
    parts = gains(data, asked.sizes, every, staged(progress, 0.25, 0.9))
    found = _explained(parts, data, outcome, weight, linear, sample, asked, kept, staged(progress, 0.9, 1.0))
    more = {"orders": every.orders or "all", "resamples": "linear"}
    result = answered(sample, asked, covariance[:, :, 0], found, means, scales, Model(asked.sizes), more)
    codes = ("sampled_orders",) if every.orders else ()
    return replace(result, r2_adjusted=_adjusted(result.r2, data, asked), warnings=(*result.warnings, *codes))


def needed_by_rarer(sample: Sample, columns: int) -> int:
    """As many of the rarer outcome as half of :func:`needed_rows`, at the share it has."""
    least = needed_rows(columns)
    if sample.rows is None or sample.values != 2 or not sample.n:
        return least
    rarer = float(np.mean(sample.rows[:, -1] == sample.rows[:, -1].max()))
    return max(least, LEAST_ROWS, math.ceil(least / 2 / min(rarer, 1 - rarer)))


def _adjusted(r2: float | None, data: Trials, asked: Question) -> float | None:
    """McFadden's R² less a point of likelihood for each column (Ben-Akiva & Lerman 1985)."""
    return None if r2 is None else r2 - len(asked.columns) / -data.null


def _explained(
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
