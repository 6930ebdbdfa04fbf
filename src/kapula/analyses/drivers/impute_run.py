"""Linear shares over several completed copies of the data: the mean of the copies, and the resamples of all of them together; of
clusters, the resamples in which the blanks are imputed anew (:mod:`impute_clusters`).

Sources: Schomaker & Heumann (2018), Statistics in Medicine 37(14) (bootstrap of multiply imputed data, pooled); Rubin (1987), Multiple
Imputation for Nonresponse in Surveys, 3.3 (the variance between copies).
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from kapula.analyses.contract import Progress, no_progress
from kapula.analyses.drivers.answer import answered, not_enough, shown
from kapula.analyses.drivers.impute import imputed
from kapula.analyses.drivers.impute_clusters import imputed_again
from kapula.analyses.drivers.linear import batches, model_of, needed_rows, sampled, short_of, staged
from kapula.analyses.drivers.model import Explained
from kapula.analyses.drivers.moments import Floats, Standard, covariances, standard_of, usable
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.request_checks import refused
from kapula.analyses.drivers.resample import blocks
from kapula.analyses.drivers.results import DriversResult
from kapula.analyses.drivers.sample import Sample
from kapula.analyses.drivers.scales import Scales, check_scales

LEAST_TOGETHER: Final = 10
"""Rows with both of two columns: with fewer their covariance rests on next to nothing."""


def by_imputation(sample: Sample, asked: Question, scales: Scales, progress: Progress) -> DriversResult:
    """``sample``: rows with an outcome and one answer or more, NaN where blank."""
    check_scales(sample, asked, scales)
    needed = needed_rows(len(asked.columns))
    rows, _ = sample.held
    least = int(np.logical_not(np.isnan(rows)).sum(axis=0).min()) if len(rows) else 0
    if least < needed:
        return replace(not_enough(sample, asked, needed), n=least)
    short = short_of(sample, needed)
    if short is not None:
        return not_enough(sample, asked, short)
    _require_together(sample, asked)
    if not np.ptp(rows[:, -1]):
        return shown("no_variation", sample, asked, None, None, ("zero_variance",))
    standard = _known_standard(*sample.held)
    ready = (rows - standard.centre) / standard.spread
    unit = sample.unit if sample.units > 1 and asked.n_boot else None
    totals, sums = _copies(sample, ready, asked if unit is None else replace(asked, n_boot=0), progress)
    centres, squares = covariances(totals, len(sample.names))
    means, covariance = covariances(np.vstack([totals.mean(axis=0)[None], sums]), len(sample.names))
    drawn, pooled, said = covariance, _pooled, "resamples of all imputations"
    if unit is not None:
        random = np.random.default_rng(asked.seed)
        means, drawn = imputed_again(ready, sample.held[1], unit, asked.n_boot, random)
        pooled, said = _around, "clusters resampled, imputed anew in each"
    point = batches(squares, model_of(asked), no_progress)
    found = batches(drawn, model_of(asked), staged(progress, 0.7, 1.0))
    found = Explained(*(pooled(getattr(point, name), getattr(found, name)) for name in Explained.__slots__))
    found, means = replace(found, shares=np.maximum(found.shares, 0.0)), pooled(centres, means)
    more = {"model": "normal", "pooled": said}
    sample = replace(sample, standard=standard)  # the means are of columns standardised so
    return answered(sample, asked, covariance[:, :, 0], found, means, scales, model_of(asked), more)


def _require_together(sample: Sample, asked: Question) -> None:
    """Refuses two columns that hardly a row has both of: no answer tells how they go together, and what EM then finds of it depends on
    where it starts. ``asked.columns`` stand first in the sample. Source: Rubin (1974), JASA 69, 467–474 (what is not identified)."""
    known = np.logical_not(np.isnan(sample.held[0])).astype(np.float64)
    both = known.T @ known
    place, other = np.unravel_index(int(both.argmin()), both.shape)
    if both[place, other] >= LEAST_TOGETHER:
        return
    first, second = sorted((sample.names[place], sample.names[other]), key=sample.names.index)
    raise refused(
        "missing",
        f"{first!r} and {second!r} are both answered in {int(both[place, other])} rows: nothing tells how they go together.",
        f"Leave one of them out, or ask both of the same people ({LEAST_TOGETHER} rows at least).",
        [first, second],
    )


def _pooled(copies: Floats, drawn: Floats) -> Floats:
    """The mean over the ``copies`` (…, m) first, then their resamples ``drawn`` (…, 1 + n; the data's own left out), one copy's after
    another's, whose copies are moved apart until their spread is Rubin's (1 + 1/m) times the variance between copies: pooled as they are
    it is (1 − 1/m) times."""
    draws, count, mean = drawn[..., 1:], copies.shape[-1], copies.mean(axis=-1, keepdims=True)
    if count > 1 and draws.shape[-1]:
        copy = np.arange(draws.shape[-1]) // -(-draws.shape[-1] // count)
        draws = draws + (copies - mean)[..., copy] * (np.sqrt((count + 1) / (count - 1)) - 1)
    whole: Floats = np.concatenate([mean, draws], axis=-1)
    return whole


def _around(copies: Floats, drawn: Floats) -> Floats:
    """The mean over the ``copies`` (…, m) first, then the resamples ``drawn`` (…, 1 + n; the data's own first) moved from the data's own to
    that mean, and spread by the variance that a mean of m has of their number alone: 1/m of that between copies."""
    draws, count, mean = drawn[..., 1:] - drawn[..., :1], copies.shape[-1], copies.mean(axis=-1, keepdims=True)
    if count > 1:
        draws = draws + (copies - mean)[..., np.arange(draws.shape[-1]) % count] / np.sqrt(count - 1)
    whole: Floats = np.concatenate([mean, mean + draws], axis=-1)
    return whole


def _copies(sample: Sample, ready: Floats, asked: Question, progress: Progress) -> tuple[Floats, Floats]:
    """The sums of each copy of the ``ready`` rows, and those of the resamples of every copy, one copy's after another's."""
    weight = sample.held[1]
    random = np.random.default_rng([asked.seed, 3])
    each = -(-asked.n_boot // asked.imputations)
    same = Standard(np.zeros(ready.shape[1]), np.ones(ready.shape[1]))
    totals, draws = [], []
    for number, whole in enumerate(imputed(ready, weight, sample.unit, asked.imputations, random)):
        copy = replace(sample, rows=whole, standard=same, parts=partial(blocks, whole, weight, sample.unit, same))
        total, sums = sampled(copy, replace(asked, n_boot=each, seed=asked.seed + 1000 * number), no_progress)
        totals.append(total)
        draws.append(sums)
        progress(round(700 * (number + 1) / asked.imputations), 1000)
    return np.array(totals), np.concatenate(draws)[: asked.n_boot]


def _known_standard(rows: Floats, weight: Floats) -> Standard:
    """Of the answers there are, column by column."""
    found = []
    for column in rows.T:
        known = np.logical_not(np.isnan(column))
        found.append(standard_of(column[known][:, None], weight[known]))
    centre = np.array([one.centre[0] for one in found])
    spread = np.array([one.spread[0] for one in found])
    return Standard(centre, usable(centre, spread))
