"""Intervals in closed form. Each takes plain numbers and says where its formula comes from."""

from __future__ import annotations

import math

from scipy import stats


def adjusted_wald_points(net: float, second_moment: float, n: float, *, added: float = 3.0) -> tuple[float, float]:
    """Centre and standard error of a net score in −1…1 after adding ``added`` pretend answers.

    ``net`` = p − d; ``second_moment`` = p + d; a quarter of the added answers are promoters, a quarter detractors, the rest passives.
    Source: Rocks (2016), The American Statistician 70(4), 365–372, AW(3, T); added = 0 gives Wald's.
    """
    total = n + added
    center = net * n / total
    moment = (second_moment * n + added / 2) / total
    return center, math.sqrt(max(0.0, moment - center * center) / total)


def interval_of_difference(difference: float, se: float, df: float, level: float) -> tuple[float, float, float | None]:
    """(low, high, two-sided p) of a difference with standard error ``se`` and ``df`` degrees of freedom (inf = normal)."""
    if se <= 0:
        return difference, difference, None
    law = stats.norm if math.isinf(df) else stats.t(df)
    half = float(law.ppf((1 + level) / 2)) * se
    return difference - half, difference + half, float(2 * law.sf(abs(difference) / se))
