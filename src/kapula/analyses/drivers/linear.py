"""The linear methods, from sums to the answer."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.drivers.answer import answered, not_enough, shown
from kapula.analyses.drivers.explained import explained, together
from kapula.analyses.drivers.model import Explained, Model
from kapula.analyses.drivers.moments import Floats, covariances, summed_products, width
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.resample import resampled
from kapula.analyses.drivers.results import DriversResult
from kapula.analyses.drivers.sample import BLOCKS, Sample
from kapula.analyses.drivers.scales import Scales, check_scales

LEAST_ROWS: Final = 20
BATCH: Final = 64
STEPS: Final = 1000
SERIAL: Final = 1 << 16
"""Subsets × resamples under which threads cost more than they give."""


def needed_rows(columns: int) -> int:
    """Rows without which nothing is told: with fewer, half of R² or more would be expected of noise alone (columns ÷ (n − 1))."""
    return max(LEAST_ROWS, 2 * columns + 2)


def short_of(sample: Sample, needed: int) -> int | None:
    """How many rows are needed, None when there are enough. Rows count by their weight: where a few weigh nearly everything, the others
    are hardly there, and ``needed`` independent rows (Kish's n) take as many more."""
    if sample.n < needed:
        return needed
    if sample.effective >= needed * (1 - 1e-9):
        return None
    return max(sample.n + 1, math.ceil(sample.n * needed / sample.effective))


def model_of(asked: Question) -> Model:
    return Model(asked.sizes, len(asked.always), asked.method if asked.method == "johnson" else "lmg")


def by_linear(sample: Sample, asked: Question, scales: Scales, progress: Progress) -> DriversResult:
    check_scales(sample, asked, scales)
    short = short_of(sample, needed_rows(len(asked.columns)))
    if short is not None:
        return not_enough(sample, asked, short)
    total, sums = sampled(sample, asked, staged(progress, 0.0, 0.3))
    means, covariance = covariances(np.vstack([total[None], sums]), len(sample.names))
    if not covariance[-1, -1, 0] > 0:
        return shown("no_variation", sample, asked, covariance[:, :, 0], None, ("zero_variance",))
    kept = np.append(True, covariance[-1, -1, 1:] > 0)
    means, covariance = means[:, kept], covariance[:, :, kept]
    found = batches(covariance, model_of(asked), staged(progress, 0.3, 1.0))
    return answered(sample, asked, covariance[:, :, 0], found, means, scales, model_of(asked))


def sampled(sample: Sample, asked: Question, progress: Progress) -> tuple[Floats, Floats]:
    """The sums of the data and of each resample. One cluster cannot be resampled."""
    n_boot = asked.n_boot if sample.units > 1 else 0
    if not n_boot:
        total = summed_products(*sample.held, sample.standard) if sample.total is None else sample.total
        progress(1, 1)
        return total, np.empty((0, len(total)))
    count = sample.units if sample.total is None else BLOCKS
    random = np.random.default_rng(asked.seed)
    total, sums = resampled(sample.parts(), count, width(len(sample.names)), n_boot, random, progress)
    return (total if sample.total is None else sample.total), sums


def batches(covariance: Floats, model: Model, progress: Progress) -> Explained:
    """:func:`explained` of the data (first) and the resamples, in batches, on as many threads as processors, at most four."""
    count = covariance.shape[2]
    firsts = range(0, count, BATCH)
    work: Callable[[int], Explained] = lambda first: explained(covariance[:, :, first : first + BATCH], model)  # noqa: E731
    if (count << min(len(model.sizes), 20)) < SERIAL or model.method != "lmg":
        return explained(covariance, model)
    found: list[Explained] = []
    pool = ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1))
    try:
        for part in pool.map(work, firsts):
            found.append(part)
            progress(len(found), len(firsts))
    finally:
        pool.shutdown(cancel_futures=True)
    return together(found)


def staged(progress: Progress, start: float, end: float) -> Progress:
    """A part of the whole, told as thousandths of it."""

    def told(done: int, total: int) -> None:
        progress(round(STEPS * (start + (end - start) * done / max(1, total))), STEPS)

    return told
