"""Shapley's shares of McFadden's R² for a binary outcome.

Resamples are linear: a share's first-order change when rows are drawn again is the sum of the drawn rows' own parts of the likelihood
at the fitted models, so that no model is fitted twice. The change is taken on the root of the share, whose spread does not grow with it.

Source: McFadden (1974); Azen & Traxel (2009), J. Educational and Behavioral Statistics 34(3) (general dominance).
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.drivers.answer import answered, not_enough, shown
from kapula.analyses.drivers.linear import LEAST_ROWS, batches, needed_rows, sampled, staged
from kapula.analyses.drivers.logit_gains import gains
from kapula.analyses.drivers.logit_orders import subsets
from kapula.analyses.drivers.logit_resamples import with_shares
from kapula.analyses.drivers.model import Model
from kapula.analyses.drivers.moments import covariances
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.request_checks import refused
from kapula.analyses.drivers.results import DriversResult
from kapula.analyses.drivers.sample import Sample
from kapula.analyses.drivers.scales import Scales, check_scales
from kapula.analyses.drivers.separation import separating
from kapula.analyses.drivers.trials import Trials, trials


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
    found = with_shares(parts, data, outcome, weight, linear, sample, asked, kept, staged(progress, 0.9, 1.0))
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
