"""May answers be averaged over a unit? ICC(1), ICC(2) and r_wg(J), before anything is aggregated."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kapula.analyses.linkage.robust import Codes, Floats
from kapula.results import plain

SLIGHT_SKEW: Final = (0.05, 0.15, 0.20, 0.35, 0.25)
"""Shares of the answers 1…5 when people lean a little to the kind side. Source: LeBreton & Senter (2008), table 2."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """``icc1``: share of an answer's variance that lies between units. ``icc2``: reliability of a unit's mean. Each with its interval."""

    icc1: tuple[float, float, float]
    icc2: tuple[float, float, float]
    units: int
    n: int

    def to_dict(self) -> dict[str, Any]:
        return {"icc1": _triple(self.icc1), "icc2": _triple(self.icc2), "n_units": self.units, "n": self.n}


@dataclass(frozen=True, slots=True)
class Agreement:
    """r_wg over groups of at least two: the quartiles, how many groups, and the median against a slightly skewed null (None but on
    five-point scales). ``null_variance``: what answers at random on the scale would have."""

    median: float
    low_quartile: float
    high_quartile: float
    groups: int
    null_variance: float
    skewed_median: float | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "median": plain(self.median),
            "low_quartile": plain(self.low_quartile),
            "high_quartile": plain(self.high_quartile),
            "groups": self.groups,
            "null": "uniform",
            "null_variance": plain(self.null_variance),
            "skewed_median": plain(self.skewed_median),
        }


def icc(unit: Codes, n: Floats, mean: Floats, ss: Floats, *, level: float) -> Reliability | None:
    """One-way random effects from the counts, means and sums of squares of the units' parts; None below two units or without spread.

    ICC(1) = (MSB − MSW) / (MSB + (n₀ − 1)·MSW) with n₀ = (N − Σn²/N)/(J − 1), and ICC(2) = n₀·ICC(1) / (1 + (n₀ − 1)·ICC(1)). The
    interval is Wald's, exact for any sizes: the λ = τ²/σ² at which Σ wᵤ(ȳᵤ − ȳ_w)² / ((J − 1)·MSW) meets the quantiles of F,
    with wᵤ = nᵤ/(1 + λnᵤ).
    Sources: Shrout & Fleiss (1979), Psychol. Bull. 86, 420–428; Bliese (2000); Wald (1940), Ann. Math. Stat. 11, 96–100.
    """
    sizes: Floats = np.bincount(unit, n).astype(np.float64)
    present = sizes > 0
    sizes, means = sizes[present], np.bincount(unit, n * mean)[present] / sizes[present]
    inside = float(ss.sum() + (n * (mean - means[np.unique(unit, return_inverse=True)[1]]) ** 2).sum())
    groups, total = len(sizes), float(sizes.sum())
    if groups < 2 or total <= groups or inside <= 0:
        return None
    grand = float(sizes @ means) / total
    between = float(sizes @ (means - grand) ** 2) / (groups - 1)
    within = inside / (total - groups)
    size = (total - float(sizes @ sizes) / total) / (groups - 1)
    lower, upper = f_bounds(groups - 1, total - groups, level)
    one = (between - within) / (between + (size - 1) * within)
    ends = [_share(_ratio_at(bound * within * (groups - 1), sizes, means)) for bound in (upper, lower)]
    first = (one, min(ends[0], one), max(ends[1], one))
    longer = [_longer(end, size) for end in first]
    return Reliability(first, (longer[0], longer[1], longer[2]), groups, int(total))


def _ratio_at(wanted: float, sizes: Floats, means: Floats) -> float:
    """The λ at which the weighted sum of squares between units, which falls with λ, is as wanted: by bisection."""
    low, high = -1 / float(sizes.max()) * (1 - 1e-9), 1.0
    while _weighted_squares(high, sizes, means) > wanted and high < 1e12:
        high *= 4
    for _ in range(80):
        middle = (low + high) / 2
        if _weighted_squares(middle, sizes, means) > wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _weighted_squares(ratio: float, sizes: Floats, means: Floats) -> float:
    weight = sizes / (1 + ratio * sizes)
    return float(weight @ (means - float(weight @ means) / float(weight.sum())) ** 2)


def f_bounds(df1: float, df2: float, level: float) -> tuple[float, float]:
    """The middle ``level`` of Fisher's F."""
    from scipy import special

    return float(special.fdtri(df1, df2, (1 - level) / 2)), float(special.fdtri(df1, df2, (1 + level) / 2))


def _share(ratio: float) -> float:
    return ratio / (1 + ratio)


def _longer(one: float, size: float) -> float:
    """Spearman–Brown: the reliability of a mean of ``size`` answers. No lower than −1, where it has no meaning left."""
    below = 1 + (size - 1) * one
    return max(size * one / below, -1.0) if below > 0 else -1.0


def rwg(n: Floats, variances: Floats, scale: tuple[float, float] | None, step: float, items: int) -> Agreement | None:
    """r_wg(J) of each group, and its quartiles over the groups.

    r_wg(J) = J(1 − s̄²/σ²) / (J(1 − s̄²/σ²) + s̄²/σ²), with s̄² the mean of the items' variances and σ² = (A² − 1)/12 in steps of the
    scale; values below 0 become 0, as is usual. ``n``, ``variances``: of groups with at least two answers. None without a declared
    scale or
    a group. Source: James, Demaree & Wolf (1984), J. Appl. Psychol. 69, 85–98.
    """
    if scale is None or not n.size:
        return None
    options = round((scale[1] - scale[0]) / step) + 1
    uniform = step**2 * (options**2 - 1) / 12
    found = _rwg(variances, uniform, items)
    low, median, high = np.quantile(found, [0.25, 0.5, 0.75])
    skewed = float(np.median(_rwg(variances, step**2 * _variance(SLIGHT_SKEW), items))) if options == 5 else None
    return Agreement(float(median), float(low), float(high), len(found), uniform, skewed)


def _rwg(variances: Floats, null: float, items: int) -> Floats:
    ratio = variances / null
    agreed = items * np.maximum(1 - ratio, 0)
    return np.where(agreed > 0, agreed / (agreed + ratio), 0.0)


def _variance(shares: Sequence[float]) -> float:
    values = np.arange(1, len(shares) + 1)
    mean = float(values @ np.array(shares))
    return float(np.array(shares) @ (values - mean) ** 2)


def _triple(found: tuple[float, float, float]) -> dict[str, float | None]:
    value, low, high = found
    return {"value": plain(value), "low": plain(low), "high": plain(high)} if math.isfinite(value) else {}
