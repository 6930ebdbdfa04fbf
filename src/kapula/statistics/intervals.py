"""Intervals in closed form. Each takes plain numbers and says where its formula comes from."""

from __future__ import annotations

import math
from collections.abc import Callable

from kapula.statistics.laws import chi2_quantile, t_quantile, t_tail


def adjusted_wald_points(net: float, second_moment: float, n: float, *, added: float = 3.0) -> tuple[float, float]:
    """Centre and standard error of a net score in −1…1 after adding ``added`` pretend answers.

    ``net`` = p − d; ``second_moment`` = p + d; a quarter of the added answers are promoters, a quarter detractors,
    the rest passives. Source: Rocks (2016), The American Statistician 70(4), 365–372, AW(3, T); added = 0 gives
    Wald's.
    """
    total = n + added
    center = net * n / total
    moment = (second_moment * n + added / 2) / total
    return center, math.sqrt(max(0.0, moment - center * center) / total)


def interval_of_difference(difference: float, se: float, df: float, level: float) -> tuple[float, float, float | None]:
    """(low, high, two-sided p) of a difference with standard error ``se`` and ``df`` degrees of freedom (inf =
    normal)."""
    if se <= 0:
        return difference, difference, None
    half = t_quantile((1 + level) / 2, df) * se
    return difference - half, difference + half, 2 * t_tail(abs(difference) / se, df)


def wilson(share: float, n: float, critical: float) -> tuple[float, float]:
    """Wilson's score interval of a share on ``n`` (or effective n) answers.

    Source: Wilson (1927), JASA 22, 209–212; with an effective n: Korn & Graubard (1998); see Newcombe (1998), method 3.
    """
    if n <= 0 or math.isnan(critical):
        return 0.0, 1.0
    square = critical * critical
    middle = (share + square / (2 * n)) / (1 + square / n)
    inside = max(0.0, share * (1 - share)) / n + square / (4 * n * n)
    half = critical * math.sqrt(inside) / (1 + square / n)
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def square_and_add(
    first: tuple[float, float, float], second: tuple[float, float, float], rho: float = 0.0
) -> tuple[float, float]:
    """Interval of second − first from each one's (value, low, high), for estimates correlated by ``rho``.

    With Wilson intervals this is Newcombe's method 10. Source: Newcombe (1998), Statistics in Medicine 17, 873–890; in
    general, MOVER: Zou & Donner (2008), Statistics in Medicine 27, 1693–1702.
    """
    (v1, l1, u1), (v2, l2, u2) = first, second
    down, up = (v2 - l2, u1 - v1), (u2 - v2, v1 - l1)
    low = (v2 - v1) - math.sqrt(max(0.0, down[0] ** 2 + down[1] ** 2 - 2 * rho * down[0] * down[1]))
    high = (v2 - v1) + math.sqrt(max(0.0, up[0] ** 2 + up[1] ** 2 - 2 * rho * up[0] * up[1]))
    return low, high


def garwood(events: float, level: float) -> tuple[float, float]:
    """Exact interval of a Poisson count (also for an effective, fractional count).

    Source: Garwood (1936), Biometrika 28, 437–442; chi-square form in Ulm (1990), Am. J. Epidemiology 131, 373–375.
    """
    tail = (1 - level) / 2
    low = chi2_quantile(tail, 2 * events) / 2 if events > 0 else 0.0
    return low, chi2_quantile(1 - tail, 2 * events + 2) / 2


def p_by_inversion(low_high: Callable[[float], tuple[float, float]]) -> float:
    """The two-sided p of "no difference": 1 − the level at which the interval just touches zero.

    ``low_high`` gives the interval at a level. The p so agrees with the interval always; found by bisection to 1e-10.
    """
    inside, outside = 1.0, 0.0
    low, high = low_high(1e-9)
    if low <= 0 <= high:
        return 1.0
    for _ in range(60):
        middle = math.sqrt(inside * max(outside, 1e-16)) if inside < 1e-3 else (inside + outside) / 2
        low, high = low_high(1 - middle)
        if low <= 0 <= high:
            outside = middle
        else:
            inside = middle
        if inside - outside < 1e-10:
            break
    return inside
