"""Cronbach's alpha, with reverse-keyed items found first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.moments import Ints
from kapula.errors import ParameterError
from kapula.results import plain
from kapula.statistics.laws import f_quantile, normal_quantile, t_quantile

LEAST_ITEMS = 2
TRACY_WIDOM_99 = 2.0234
"""The 99 % point of the Tracy–Widom law of order 1."""


@dataclass(frozen=True, slots=True)
class Item:
    """``reversed``: found to be keyed the other way. ``item_rest``: its correlation with the sum of the others, both keyed.
    ``alpha_if_dropped``: None for two items."""

    name: str
    reversed: bool
    item_rest: float | None
    alpha_if_dropped: float | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "reversed": self.reversed,
            "item_rest": plain(self.item_rest) if self.item_rest is not None else None,
            "alpha_if_dropped": plain(self.alpha_if_dropped) if self.alpha_if_dropped is not None else None,
        }


@dataclass(frozen=True, slots=True)
class Alpha:
    """``value`` with its interval after keying; ``as_asked``: without it. ``interval``: "feldt" or "linearised"."""

    value: float
    low: float
    high: float
    as_asked: float
    standardised: float
    n: int
    items: tuple[Item, ...]
    interval: str

    @property
    def reversed(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.items if item.reversed)

    def to_dict(self) -> dict[str, Any]:
        return {
            "value": plain(self.value),
            "low": plain(self.low),
            "high": plain(self.high),
            "as_asked": plain(self.as_asked),
            "standardised": plain(self.standardised),
            "n": self.n,
            "reversed": list(self.reversed),
            "interval": self.interval,
            "items": [item.to_dict() for item in self.items],
        }


def cronbach(covariance: Floats) -> float:
    """α = k/(k − 1) · (1 − Σ variances ÷ variance of the sum). Source: Cronbach (1951), Psychometrika 16(3), 297–334."""
    k, total = len(covariance), float(covariance.sum())
    return k / (k - 1) * (1 - float(np.trace(covariance)) / total) if total > 0 else float("nan")


def keys(covariance: Floats, n: float) -> Floats:
    """+1 or −1 for each item: the signs of the first principal component, most items +1.

    Nothing is reversed when the first eigenvalue of the correlations is no larger than chance makes it (99 % of the Tracy–Widom law), nor
    an item whose correlation with the others is not surely below zero (one-sided 1 % over the items). Source: Johnstone (2001),
    Annals of Statistics 29(2), 295–327.
    """
    k = len(covariance)
    scale = np.sqrt(np.diag(covariance))
    values, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    root = math.sqrt(max(n - 1, 1.0))
    chance = (root + math.sqrt(k)) ** 2 + TRACY_WIDOM_99 * (root + math.sqrt(k)) * (1 / root + 1 / math.sqrt(k)) ** (
        1 / 3
    )
    if values[-1] <= chance / n:
        return np.ones(k)
    signs = np.where(vectors[:, -1] < 0, -1.0, 1.0)
    if signs.sum() < 0 or (signs.sum() == 0 and signs[0] < 0):
        signs = -signs
    sure = np.tanh(float(normal_quantile(1 - 0.01 / k)) / math.sqrt(max(n - 3, 1.0)))
    return np.where((signs < 0) & (item_rest(covariance, signs) > sure), -1.0, 1.0)


def item_rest(covariance: Floats, signs: Floats) -> Floats:
    """Each keyed item's correlation with the sum of the other keyed items."""
    keyed = covariance * np.outer(signs, signs)
    variance = np.diag(keyed)
    with_all = keyed.sum(axis=1)
    rest = keyed.sum() - 2 * with_all + variance
    return np.asarray((with_all - variance) / np.sqrt(np.maximum(variance * rest, 1e-300)))


def feldt(alpha: float, n: int, items: int, level: float) -> tuple[float, float]:
    """Interval of alpha for independent answers: (1 − α̂)·F has an F law. Source: Feldt (1965), Psychometrika 30(3), 357–370."""
    one, two = n - 1, (n - 1) * (items - 1)
    tail = (1 - level) / 2
    return 1 - (1 - alpha) * f_quantile(1 - tail, one, two), 1 - (1 - alpha) * f_quantile(tail, one, two)


def linearised(answers: Floats, weight: Floats, unit: Ints, alpha: float, level: float) -> tuple[float, float]:
    """Interval of alpha for weighted or clustered answers of any distribution: the Taylor-linearised error of Σ variances ÷ variance of the
    sum, on the log scale. Source: Maydeu-Olivares, Coffman & Hartmann (2007), Psychological Methods 12(2), 157–176 (log scale as there)."""
    k = answers.shape[1]
    centred = answers - np.average(answers, axis=0, weights=weight)
    parts, sums = (centred**2).sum(axis=1), centred.sum(axis=1) ** 2
    ratio = float(weight @ parts) / float(weight @ sums)
    influence = np.bincount(unit, weight * (parts - ratio * sums)) / float(weight @ sums)
    units = len(influence)
    se = k / (k - 1) * math.sqrt(units / (units - 1) * float(influence @ influence)) / (1 - alpha)
    half = t_quantile((1 + level) / 2, units - 1) * se
    return 1 - (1 - alpha) * math.exp(half), 1 - (1 - alpha) * math.exp(-half)


def alpha(
    answers: Floats,
    names: Sequence[str] | None = None,
    *,
    weight: Floats | None = None,
    unit: Ints | None = None,
    level: float = 0.95,
) -> Alpha:
    """Alpha of (respondents, items) ``answers`` without blanks; constant items are refused.

    ``weight``: (respondents,); ``unit``: codes of independent units. Without either the interval is Feldt's. Raises
    :class:`~kapula.errors.ParameterError` for fewer than two items, fewer than three respondents, blanks or a constant item.
    """
    answers = np.asarray(answers, dtype=np.float64)
    _check(answers)
    n, k = answers.shape
    w = np.ones(n) if weight is None else weight
    covariance = np.cov(answers, rowvar=False, aweights=w)
    signs = keys(covariance, float(w.sum() ** 2 / (w @ w)))
    keyed = covariance * np.outer(signs, signs)
    value = cronbach(keyed)
    plainly = weight is None and unit is None
    limits = (
        feldt(value, n, k, level)
        if plainly
        else linearised(answers * signs, w, np.arange(n) if unit is None else unit, value, level)
    )
    scale = np.sqrt(np.diag(keyed))
    rest = item_rest(covariance, signs)
    labels = [str(place) for place in range(k)] if names is None else list(names)
    items = tuple(
        Item(name, bool(signs[place] < 0), float(rest[place]), _without(keyed, place))
        for place, name in enumerate(labels)
    )
    return Alpha(
        value, *limits, cronbach(covariance), cronbach(keyed / np.outer(scale, scale)), n, items,
        "feldt" if plainly else "linearised",
    )  # fmt: skip


def _without(keyed: Floats, place: int) -> float | None:
    return cronbach(np.delete(np.delete(keyed, place, 0), place, 1)) if len(keyed) > LEAST_ITEMS else None


def _check(answers: Floats) -> None:
    if answers.ndim != 2 or answers.shape[1] < LEAST_ITEMS or len(answers) <= 2:
        raise ParameterError(
            "Alpha needs at least two items and three respondents.",
            hint="Give a (respondents, items) matrix.",
            parameter="answers",
            value=list(answers.shape),
        )
    if not np.isfinite(answers).all() or (np.ptp(answers, axis=0) == 0).any():
        raise ParameterError(
            "Alpha needs answers without blanks, and items that differ between respondents.",
            hint="Leave out blanks and items that everyone answers alike.",
            parameter="answers",
            value=None,
        )
