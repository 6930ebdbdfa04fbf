"""When did the level change? Change points of a series of figures with unequal n.

1. Weighted least squares: the cost of a segment is Σ wᵢ (yᵢ − ȳ_w)², wᵢ = 1/σᵢ². Candidate segmentations come from
   ruptures' exact kernel search (KernelCPD with a linear kernel; Celisse et al., Comput. Stat. Data Anal. 128, 2018)
   on values repeated in proportion to their weight; each candidate is then moved to its best place under the exact
   weighted cost.
2. The number of change points minimises cost + K·β. β is the 95 % point of the largest gain one change can show on a
   series where nothing happens, found by simulating *this* series' own n, noise estimate and autocorrelation
   (:mod:`kapula.trends.calibration`).
3. The range of the date inverts the likelihood ratio: every date whose gain lies within 7.35 of the best one, the 95
   % point of P(ξ ≤ x) = (1 − e^(−x/2))² (Hansen, Econometrica 68(3), 2000; Eo & Morley, Quantitative Economics 6(2),
   2015).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kapula.results import plain
from kapula.trends.calibration import Calibration, calibrate
from kapula.trends.noise import Floats
from kapula.trends.scaling import exponent_of

MIN_SIZE = 4
MIN_PERIODS = 12
MAX_CHANGES = 12
DATE_RANGE_95 = 7.3523
REPEATS = 4
MAX_POINTS = 4000


@dataclass(frozen=True, slots=True)
class Change:
    """A change of level, by index: ``at`` is the first index of the new level and ``low``…``high`` its 95 % range.
    ``before`` and ``after``: the weighted means of the two neighbouring segments. ``p``: simulated, for one change
    anywhere. ``f``: the F statistic of the split, (RSS₀ − RSS₁)/(RSS₁/(m − 2)) over the two segments' m periods."""

    at: int
    low: int
    high: int
    before: float
    after: float
    p: float
    f: float | None


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A :class:`Change` in the words of the calendar: labels instead of indices. ``period`` is the first period of
    the new level."""

    period: str
    last_before: str
    low: str
    high: str
    value_before: float
    value_after: float
    p: float
    f: float | None

    def to_dict(self) -> dict[str, Any]:
        numbers = {name: plain(getattr(self, name)) for name in ("value_before", "value_after", "p", "f")}
        return {
            "period": self.period,
            "last_before": self.last_before,
            "low": self.low,
            "high": self.high,
            "difference": plain(self.value_after - self.value_before),
            **numbers,
        }


@dataclass(frozen=True, slots=True)
class Segmentation:
    """``changes`` in time order, and ``p``: of any change at all (for correction over many series)."""

    changes: tuple[Change, ...]
    p: float


def find(values: Floats, sigma: Floats, *, known: bool, min_size: int = MIN_SIZE) -> Segmentation:
    """The change points of a series without gaps.

    ``values``, ``sigma``: shape (m,), the figure and its standard deviation around a constant level
    (:func:`kapula.trends.noise.estimate`). ``known``: the standard deviations rest on a known sampling error, not on
    the series alone. Fewer than ``2·min_size`` values or no variation at all give no change points and p = 1.
    """
    count = len(values)
    if count < 2 * min_size or not (sigma > 0).all() or not np.ptp(values) > 0:
        return Segmentation((), 1.0)
    unit = exponent_of(values)
    values, sigma = np.ldexp(values, -unit), np.ldexp(sigma, -unit)
    weights = 1 / sigma**2
    calibration = calibrate(values, weights, known=known, min_size=min_size)
    ends = _best(values, weights, calibration.penalty, min_size)
    changes = []
    for left, at, right in zip(ends, ends[1:], ends[2:], strict=False):
        found = _describe(values, weights, left, at, right, min_size, calibration)
        before, after = (float(np.ldexp(level, unit)) for level in (found.before, found.after))
        changes.append(replace(found, before=before, after=after))
    return Segmentation(tuple(changes), calibration.p)


def _best(values: Floats, weights: Floats, penalty: float, min_size: int) -> list[int]:
    """Boundaries [0, …, m] of the segmentation with the least penalised cost."""
    chosen = [0, len(values)]
    best = _cost(values, weights, chosen)
    for ends in _candidates(values, weights, min_size):
        placed = _place(values, weights, ends, min_size)
        cost = _cost(values, weights, placed) + (len(placed) - 2) * penalty
        if cost < best:
            chosen, best = placed, cost
    return chosen


def _candidates(values: Floats, weights: Floats, min_size: int) -> list[list[int]]:
    """Boundaries for 1, 2, … changes, from the exact search on repeated values. A repeated value is never worth
    splitting, so the boundaries fall between periods."""
    import ruptures

    count = len(values)
    times = np.ones(count, dtype=int)
    if weights.std() > 0.1 * weights.mean():
        times = np.maximum(1, np.rint(weights / weights.mean() * min(REPEATS, MAX_POINTS / count))).astype(int)
    owner = np.repeat(np.arange(count), times)
    smallest = max(1, int(min_size * times.min()))
    most = min(MAX_CHANGES, count // min_size - 1, len(owner) // smallest - 1)
    search = ruptures.KernelCPD(kernel="linear", min_size=smallest).fit(
        ((values - values.mean()) / values.std())[owner].reshape(-1, 1)
    )
    search.predict(n_bkps=most)
    found = []
    for number in range(1, most + 1):
        inner = sorted({int(owner[end]) for end in search.segmentations_dict[number][:-1]} - {0})
        found.append([0, *inner, count])
    return found


def _place(values: Floats, weights: Floats, ends: list[int], min_size: int) -> list[int]:
    """Moves each boundary to its best place between its neighbours, and drops those left without room for two
    segments."""
    placed = list(ends)
    for _ in range(3):
        before = list(placed)
        index = 1
        while index < len(placed) - 1:
            left, right = placed[index - 1], placed[index + 1]
            if right - left < 2 * min_size:
                del placed[index]
                continue
            gains = split_gains(values[left:right], weights[left:right], min_size)
            placed[index] = left + int(np.nanargmax(gains))
            index += 1
        if placed == before:
            break
    return placed


def split_gains(values: Floats, weights: Floats, min_size: int) -> Floats:
    """By how much a split before index k lowers the weighted cost, shape (m,); NaN where a part would be shorter than
    ``min_size``.

    gain(k) = (S_k − S·W_k/W)² · W / (W_k (W − W_k)) with S the sums of w·y and W the sums of w before k.
    """
    total, mass = np.cumsum(weights * (values - values.mean())), np.cumsum(weights)
    gains = np.full(len(values), np.nan)
    at = np.arange(min_size, len(values) - min_size + 1)
    left, weight = total[at - 1], mass[at - 1]
    gains[at] = (left - total[-1] * weight / mass[-1]) ** 2 * mass[-1] / (weight * (mass[-1] - weight))
    return gains


def _cost(values: Floats, weights: Floats, ends: list[int]) -> float:
    cost = 0.0
    for left, right in itertools.pairwise(ends):
        part, weight = values[left:right], weights[left:right]
        cost += float(weight @ (part - np.average(part, weights=weight)) ** 2)
    return cost


def _describe(
    values: Floats, weights: Floats, left: int, at: int, right: int, min_size: int, calibration: Calibration
) -> Change:
    part, weight = values[left:right], weights[left:right]
    gains = split_gains(part, weight, min_size)
    gain = float(gains[at - left])
    within = left + np.flatnonzero(gain - gains <= DATE_RANGE_95 * calibration.scale)
    rest = _cost(values, weights, [left, at, right])
    return Change(
        at=at,
        low=int(within.min()),
        high=int(within.max()),
        before=float(np.average(values[left:at], weights=weights[left:at])),
        after=float(np.average(values[at:right], weights=weights[at:right])),
        p=calibration.p_of(gain),
        f=gain / (rest / (right - left - 2)) if rest > 0 else None,
    )
