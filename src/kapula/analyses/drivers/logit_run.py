"""Shapley's shares of McFadden's R² for a binary outcome.

No model is fitted twice: a resample's likelihoods are those of the drawn rows at the data's fits, and one Newton step from there.

Source: McFadden (1974); Azen & Traxel (2009), J. Educational and Behavioral Statistics 34(3) (general dominance).
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.drivers.answer import answered, not_enough, shown
from kapula.analyses.drivers.explained import idle
from kapula.analyses.drivers.linear import LEAST_ROWS, STEPS, batches, needed_rows, short_of, staged
from kapula.analyses.drivers.logit_bends import Bends
from kapula.analyses.drivers.logit_draws import draws_of
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
    short = short_of(sample, needed_by_rarer(sample, len(asked.columns)))
    if short is not None:
        return not_enough(sample, asked, short)
    draws = draws_of(sample, asked.n_boot, asked.seed)
    total, sums = draws.summed(sample.parts())
    progress(round(0.2 * STEPS), STEPS)
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
    unit = np.arange(sample.n) if sample.unit is None else sample.unit
    bends = Bends(data, outcome, weight, unit, draws, len(asked.players))
    parts = gains(data, asked.sizes, every, bends, staged(progress, 0.25, 1.0))
    constant = idle(covariance[:, :, :1], Model(asked.sizes))
    found = with_shares(parts, data, outcome, weight, unit, linear, draws, constant)
    more = {"orders": every.orders or "all", "resamples": "one_step"}
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
