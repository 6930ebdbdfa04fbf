"""Wald's exact interval for the ratio of the variance between units to that within, for units of any sizes."""

from __future__ import annotations

from kapula.analyses.linkage.robust import Floats


def ratio_at(wanted: float, sizes: Floats, means: Floats) -> float:
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
