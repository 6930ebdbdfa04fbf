"""Linear shares over several completed copies of the data: the mean of the copies, and the resamples of all of them together.

Source: Schomaker & Heumann (2018), Statistics in Medicine 37(14) (bootstrap of multiply imputed data, pooled).
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from kapula.analyses.contract import Progress, no_progress
from kapula.analyses.drivers.answer import answered, not_enough, shown
from kapula.analyses.drivers.impute import imputed
from kapula.analyses.drivers.linear import batches, model_of, needed_rows, sampled, staged
from kapula.analyses.drivers.model import Explained
from kapula.analyses.drivers.moments import Floats, Standard, covariances, standard_of, usable
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.resample import blocks
from kapula.analyses.drivers.results import DriversResult
from kapula.analyses.drivers.sample import Sample
from kapula.analyses.drivers.scales import Scales, check_scales


def by_imputation(sample: Sample, asked: Question, scales: Scales, progress: Progress) -> DriversResult:
    """``sample``: rows with an outcome and one answer or more, NaN where blank."""
    check_scales(sample, asked, scales)
    needed = needed_rows(len(asked.columns))
    rows, _ = sample.held
    least = int(np.logical_not(np.isnan(rows)).sum(axis=0).min()) if len(rows) else 0
    if least < needed:
        return replace(not_enough(sample, asked, needed), n=least)
    if not np.ptp(rows[:, -1]):
        return shown("no_variation", sample, asked, None, None, ("zero_variance",))
    means, covariance, point = _copies(sample, asked, progress)
    found = batches(covariance, model_of(asked), staged(progress, 0.7, 1.0))
    # The first of the batch is the data itself: the mean over the copies (Rubin's rule for the estimate).
    copies = [np.asarray(getattr(point, name)).mean(axis=-1, keepdims=True) for name in Explained.__slots__]
    parts = [getattr(found, name)[..., 1:] for name in Explained.__slots__]
    found = Explained(*(np.concatenate([copy, part], axis=-1) for copy, part in zip(copies, parts, strict=True)))
    more = {"model": "normal", "pooled": "resamples of all imputations"}
    return answered(sample, asked, covariance[:, :, 0], found, means, scales, model_of(asked), more)


def _copies(sample: Sample, asked: Question, progress: Progress) -> tuple[Floats, Floats, Explained]:
    """Means and covariances (the mean copy first, then the resamples of every copy), and what the copies explain."""
    rows, weight = sample.held
    standard = _known_standard(rows, weight)
    random = np.random.default_rng([asked.seed, 3])
    each = -(-asked.n_boot // asked.imputations)
    same = Standard(np.zeros(rows.shape[1]), np.ones(rows.shape[1]))
    totals, draws = [], []
    ready = (rows - standard.centre) / standard.spread
    for number, whole in enumerate(imputed(ready, weight, sample.unit, asked.imputations, random)):
        copy = replace(sample, rows=whole, standard=same, parts=partial(blocks, whole, weight, sample.unit, same))
        total, sums = sampled(copy, replace(asked, n_boot=each, seed=asked.seed + 1000 * number), no_progress)
        totals.append(total)
        draws.append(sums)
        progress(round(700 * (number + 1) / asked.imputations), 1000)
    width = len(sample.names)
    _, squares = covariances(np.array(totals), width)
    point = batches(squares, model_of(asked), no_progress)
    sums = np.concatenate(draws)[: asked.n_boot]
    means, covariance = covariances(np.vstack([np.mean(totals, axis=0)[None], sums]), width)
    return means, covariance, point


def _known_standard(rows: Floats, weight: Floats) -> Standard:
    """Of the answers there are, column by column."""
    found = []
    for column in rows.T:
        known = np.logical_not(np.isnan(column))
        found.append(standard_of(column[known][:, None], weight[known]))
    centre = np.array([one.centre[0] for one in found])
    spread = np.array([one.spread[0] for one in found])
    return Standard(centre, usable(centre, spread))
