"""A reason against all the others: differences of means with the part each customer has in them.

The variance is that of the linearised difference, summed by customer; Student's t with the reason's customers less one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kapula.analyses.contact_reasons.rows import Codes, Floats
from kapula.statistics.laws import t_quantile, t_tail


@dataclass(frozen=True, slots=True)
class Gap:
    """``value`` with standard error ``se`` and ``df`` degrees of freedom; ``parts``: (clusters,) each cluster's part in it."""

    value: float
    se: float
    df: float
    parts: Floats

    @property
    def above(self) -> float:
        """One-sided p of being above zero, were it not."""
        return t_tail(self.value / self.se, self.df) if self.se > 0 else 0.0 if self.value > 0 else 1.0

    @property
    def below(self) -> float:
        return t_tail(-self.value / self.se, self.df) if self.se > 0 else 0.0 if self.value < 0 else 1.0

    def interval(self, level: float) -> tuple[float, float]:
        half = t_quantile((1 + level) / 2, self.df) * self.se
        return self.value - half, self.value + half


def mean(values: Floats, inside: Floats, cluster: Codes, clusters: int) -> tuple[float, Floats, int]:
    """The mean over ``inside`` (0 or 1) of the values that are known, each cluster's part in its error, and how many clusters."""
    known = inside * ~np.isnan(values)
    n = known.sum()
    middle = float(np.nansum(values * known) / n)
    parts = np.bincount(cluster, known * (np.nan_to_num(values) - middle) / n, clusters)
    there = int(np.count_nonzero(np.bincount(cluster, known, clusters)))
    return middle, np.asarray(parts * math.sqrt(there / max(there - 1, 1)), dtype=np.float64), there


def against_rest(values: Floats, inside: Floats, cluster: Codes, clusters: int, cut: float | None) -> Gap:
    """The mean inside less that outside, or less a ``cut`` that is given."""
    first, parts, n = mean(values, inside, cluster, clusters)
    if cut is not None:
        return _gap(first - cut, parts, n)
    second, others, _ = mean(values, 1 - inside, cluster, clusters)
    return _gap(first - second, parts - others, n)


def added(gaps: list[Gap], scales: list[float]) -> Gap:
    """The mean of gaps, each in units of its scale."""
    parts = sum(gap.parts / scale for gap, scale in zip(gaps, scales, strict=True)) / len(gaps)
    value = sum(gap.value / scale for gap, scale in zip(gaps, scales, strict=True)) / len(gaps)
    return Gap(value, float(np.sqrt(np.sum(np.square(parts)))), min(gap.df for gap in gaps), np.asarray(parts))


def share_above(inside: Floats, cluster: Codes, clusters: int, cut: float, contacts: int) -> Gap:
    """The share of contacts that have the reason, less the cut."""
    share = float(inside.sum() / contacts)
    parts = np.bincount(cluster, inside - share, clusters) / contacts
    return _gap(share - cut, parts * math.sqrt(clusters / max(clusters - 1, 1)), clusters)


def _gap(value: float, parts: Floats, n: int) -> Gap:
    return Gap(value, float(np.sqrt(np.sum(parts**2))), max(n - 1, 1), parts)
