"""How far units can be told apart by their answers: ICC(1) and ICC(2), with Wald's exact interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from kapula.analyses.linkage.robust import Codes, Floats
from kapula.analyses.linkage.wald import f_bounds, ratio_at
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Reliability:
    """``icc1``: share of an answer's variance that lies between units. ``icc2``: reliability of a unit's mean. Each with its interval."""

    icc1: tuple[float, float, float]
    icc2: tuple[float, float, float]
    units: int
    n: int

    def to_dict(self) -> dict[str, Any]:
        return {"icc1": _triple(self.icc1), "icc2": _triple(self.icc2), "n_units": self.units, "n": self.n}


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
    ends = [_share(ratio_at(bound * within * (groups - 1), sizes, means)) for bound in (upper, lower)]
    first = (one, min(ends[0], one), max(ends[1], one))
    longer = [_longer(end, size) for end in first]
    return Reliability(first, (longer[0], longer[1], longer[2]), groups, int(total))


def _share(ratio: float) -> float:
    return ratio / (1 + ratio)


def _longer(one: float, size: float) -> float:
    """Spearman–Brown: the reliability of a mean of ``size`` answers. No lower than −1, where it has no meaning left."""
    below = 1 + (size - 1) * one
    return max(size * one / below, -1.0) if below > 0 else -1.0


def _triple(found: tuple[float, float, float]) -> dict[str, float | None]:
    value, low, high = found
    return {"value": plain(value), "low": plain(low), "high": plain(high)} if math.isfinite(value) else {}
