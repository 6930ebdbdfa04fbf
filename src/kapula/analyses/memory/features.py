"""What a journey was like: its peak, its end and its mean, and each kind of moment in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.analyses.memory.journeys import Floats, Journeys

PEAKS: Final = ("extreme", "worst", "best")


@dataclass(frozen=True, slots=True)
class Features:
    """(journeys,) each. ``count``: how many moments."""

    peak: Floats
    end: Floats
    mean: Floats
    count: Floats


def features(journeys: Journeys, peak: str, neutral: float) -> Features:
    """``peak``: the "worst", the "best", or the "extreme" moment, farthest from ``neutral`` (of two as far, the worse)."""
    total = len(journeys.remembered)
    count = np.bincount(journeys.journey, minlength=total).astype(float)
    mean = np.bincount(journeys.journey, journeys.score, total) / np.maximum(count, 1)
    end = np.full(total, np.nan)
    end[journeys.journey] = journeys.score  # the moments are in order: the last one stays
    keys = {"worst": -journeys.score, "best": journeys.score, "extreme": np.abs(journeys.score - neutral)}[peak]
    order = np.lexsort((-journeys.score, keys, journeys.journey))
    top = np.full(total, np.nan)
    top[journeys.journey[order]] = journeys.score[order]
    return Features(top, end, mean, count)


def moment_means(journeys: Journeys) -> tuple[Floats, Floats]:
    """(journeys, moments): the mean score of each kind of moment, NaN where the journey has none, and the mean of the journey's other
    moments, NaN where there are no others."""
    shape = (len(journeys.remembered), len(journeys.moments))
    place = journeys.journey * shape[1] + journeys.moment
    count = np.bincount(place, minlength=shape[0] * shape[1]).reshape(shape).astype(float)
    total = np.bincount(place, journeys.score, shape[0] * shape[1]).reshape(shape)
    with np.errstate(invalid="ignore", divide="ignore"):
        own = np.where(count > 0, total / count, np.nan)
        rest = count.sum(axis=1, keepdims=True) - count
        others = np.where(rest > 0, (total.sum(axis=1, keepdims=True) - total) / rest, np.nan)
    return own, others
