"""May answers be averaged over a unit? r_wg(J): whether its people agree, before anything is aggregated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kapula.analyses.linkage.robust import Floats
from kapula.results import plain

SLIGHT_SKEW: Final = (0.05, 0.15, 0.20, 0.35, 0.25)
"""Shares of the answers 1…5 when people lean a little to the kind side. Source: LeBreton & Senter (2008), table 2."""


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
