"""Quantiles and tails of the laws intervals rest on.

From ``scipy.special``: the same figures as ``scipy.stats`` (a test holds them together), without the four seconds of processor time
its import costs every command and every server start.
"""

from __future__ import annotations

import math
from typing import Any

from scipy import special


def normal_quantile(p: Any) -> Any:
    """z with P(Z ≤ z) = p, standard normal; numbers or arrays."""
    return special.ndtri(p)


def normal_share(z: Any) -> Any:
    """P(Z ≤ z), standard normal; numbers or arrays."""
    return special.ndtr(z)


def t_quantile(p: float, df: float) -> float:
    """t with P(T ≤ t) = p, Student's law of ``df`` degrees of freedom; the normal when they are infinite."""
    return float(special.ndtri(p) if math.isinf(df) else special.stdtrit(df, p))


def t_tail(t: float, df: float) -> float:
    """P(T > t), Student's law of ``df`` degrees of freedom; the normal when they are infinite."""
    return float(special.ndtr(-t) if math.isinf(df) else special.stdtr(df, -t))


def chi2_quantile(p: float, df: float) -> float:
    """x with P(X ≤ x) = p, chi-squared of ``df`` degrees of freedom."""
    return float(special.chdtri(df, 1 - p))


def chi2_tail(x: float, df: float) -> float:
    """P(X > x), chi-squared of ``df`` degrees of freedom."""
    return float(special.chdtrc(df, x))


def binomial_quantile(q: float, n: int, p: float) -> int:
    """The smallest k with P(K ≤ k) ≥ q, binomial of ``n`` trials with probability ``p``."""
    k = max(math.ceil(float(special.bdtrik(q, n, p))), 0)
    below = max(k - 1, 0)
    return below if bool(special.bdtr(below, n, p) >= q) else int(k)


def f_tail(f: float, numerator: float, denominator: float) -> float:
    """P(F > f), Snedecor's law of ``numerator`` and ``denominator`` degrees of freedom."""
    return float(special.fdtrc(numerator, denominator, f))


def f_quantile(p: float, numerator: float, denominator: float) -> float:
    """f with P(F ≤ f) = p, Fisher's law of ``numerator`` and ``denominator`` degrees of freedom."""
    return float(special.fdtri(numerator, denominator, p))
