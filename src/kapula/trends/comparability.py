"""Where figures before and after are not comparable: scale, wording, channel mix, language mix.

Each period has counts of answers by category (the wording's version, the channel …). A break is a change point of
that composition: the split with the largest likelihood-ratio statistic G² = 2 Σ O ln(O/E) of the 2 × k table
before/after, found again within the parts (binary segmentation; Cho & Fryzlewicz, Statistica Sinica 22, 2012, for the
idea). G² is divided by the overdispersion between neighbouring periods, its p is multiplied by the number of splits
looked at (Bonferroni), and the two mixes must also differ by a least total variation distance, so that neither small
samples nor huge ones alarm for nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kapula.statistics.laws import chi2_quantile, chi2_tail

Counts = NDArray[np.float64]

LEVEL: Final = 0.01
MIN_ANSWERS: Final = 20
"""Fewer answers on a side tell nothing of a mix, and G² is not χ² yet."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of break. ``hard``: figures on the two sides are never put into one stretch. ``distance``: least total
    variation distance. ``periods``: how many periods each side must last (a campaign week is not a new mix)."""

    code: str
    hard: bool
    distance: float
    periods: int


KINDS: Final[dict[str, Kind]] = {
    "scale": Kind("break_scale", True, 0.3, 1),
    "wording": Kind("break_wording", True, 0.3, 1),
    "channel": Kind("break_channel", False, 0.15, 3),
    "language": Kind("break_language", False, 0.15, 3),
}
"""To add a kind, add it here and its code to ``results.WARNING_CODES``; ``kapula.trend`` takes its column as a
keyword of the same name."""


@dataclass(frozen=True, slots=True)
class Break:
    """A comparability break. ``code``: in WARNING_CODES. ``period``: the first period of the new mix; ``date`` its
    first day. ``distance``: total variation distance of the mixes before and after, 0…1. ``before``/``after``:
    category → share, with n."""

    code: str
    period: str
    date: str
    hard: bool
    distance: float
    p: float
    n_before: int
    n_after: int
    before: Mapping[str, float]
    after: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        found = {name: getattr(self, name) for name in self.__slots__}
        return {**found, "before": dict(self.before), "after": dict(self.after)}


@dataclass(frozen=True, slots=True)
class Split:
    """A change of composition, by index: ``at`` is the first index of the new mix."""

    at: int
    distance: float
    p: float
    before: Counts
    after: Counts


def find_splits(counts: Counts, kind: Kind) -> tuple[Split, ...]:
    """The change points of a composition; ``counts`` of shape (periods, categories), rows of zeros for gaps."""
    counts = np.asarray(counts, dtype=float)
    spread = overdispersion(counts)
    ends = sorted(_search(counts, 0, len(counts), kind, spread))
    bounds = [0, *ends, len(counts)]
    found = []
    for left, at, right in zip(bounds, bounds[1:], bounds[2:], strict=False):
        before, after = counts[left:at].sum(axis=0), counts[at:right].sum(axis=0)
        p = _p(_g2(before[None], after[None])[0] / spread, counts[left:right], right - left - 1)
        found.append(Split(at, mix_distance(before, after), p, before, after))
    return tuple(found)


def mix_distance(before: Counts, after: Counts) -> float:
    """Total variation distance ½ Σ |p − q|: the share of answers that would have to change category."""
    if before.sum() == 0 or after.sum() == 0:
        return 0.0
    return float(np.abs(before / before.sum() - after / after.sum()).sum() / 2)


def overdispersion(counts: Counts) -> float:
    """How much more the mix varies between neighbouring periods than sampling alone: the median over neighbours of
    Pearson's χ² / df (the median, so that a break itself does not hide), over the median of χ²/df under sampling, at
    least 1."""
    kept = counts[counts.sum(axis=1) > 0]
    ratios, expected = [], []
    for first, second in itertools.pairwise(kept):
        table = np.vstack([first, second])
        table = table[:, table.sum(axis=0) > 0]
        if table.shape[1] < 2:
            ratios.append(0.0)
            expected.append(1.0)
            continue
        fitted = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
        freedom = table.shape[1] - 1
        ratios.append(float(((table - fitted) ** 2 / fitted).sum()) / freedom)
        expected.append(_chi2_median(freedom) / freedom)
    return max(1.0, float(np.median(ratios) / np.median(expected))) if ratios else 1.0


@lru_cache(maxsize=256)
def _chi2_median(freedom: int) -> float:
    return chi2_quantile(0.5, freedom)


def stretches(length: int, breaks: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The half-open index ranges between hard breaks."""
    bounds = [0, *sorted(set(breaks)), length]
    return tuple((left, right) for left, right in itertools.pairwise(bounds) if right > left)


def _search(counts: Counts, left: int, right: int, kind: Kind, spread: float) -> list[int]:
    """Indices of splits in counts[left:right]."""
    part = counts[left:right]
    present = np.flatnonzero(part.sum(axis=1) > 0)
    if len(present) < 2 * kind.periods:
        return []
    candidates = present[kind.periods : len(present) - kind.periods + 1]
    totals = np.cumsum(part, axis=0)
    answers = totals.sum(axis=1)
    enough = np.minimum(answers[candidates - 1], answers[-1] - answers[candidates - 1]) >= MIN_ANSWERS
    candidates = candidates[enough]
    if not len(candidates):
        return []
    before, after = totals[candidates - 1], totals[-1] - totals[candidates - 1]
    statistic = _g2(before, after) / spread
    best = int(np.argmax(statistic))
    if (
        _p(float(statistic[best]), part, len(candidates)) > LEVEL
        or mix_distance(before[best], after[best]) < kind.distance
    ):
        return []
    at = left + int(candidates[best])
    return [*_search(counts, left, at, kind, spread), at, *_search(counts, at, right, kind, spread)]


def _g2(before: Counts, after: Counts) -> NDArray[np.float64]:
    """The likelihood-ratio statistic of each pair of rows; arrays of shape (pairs, categories)."""
    total = before + after
    share = total / total.sum(axis=1, keepdims=True)
    statistic = np.zeros(len(before))
    for part in (before, after):
        expected = share * part.sum(axis=1, keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = np.where(part > 0, part * np.log(part / expected), 0.0)
        statistic += 2 * terms.sum(axis=1)
    return statistic


def _p(statistic: float, counts: Counts, splits: int) -> float:
    categories = int((counts.sum(axis=0) > 0).sum())
    return 1.0 if categories < 2 else min(1.0, splits * chi2_tail(statistic, categories - 1))
