"""One label's share of comments, and the difference of two, corrected for the classifier's error."""

from __future__ import annotations

import math

from kapula.statistics.intervals import square_and_add, wilson
from kapula.statistics.laws import normal_quantile
from kapula.text.shares.errors import Rates, of_shares

Figure = tuple[float, float, float]
"""value, low, high."""


def apparent(share: float, n: float, level: float) -> Figure:
    """As the classifier said: Wilson's interval on ``n`` (or effective n) comments."""
    return (share, *wilson(share, n, float(normal_quantile((1 + level) / 2))))


def uncut(share: float, rates: Rates) -> float:
    """Rogan and Gladen's estimate, which may fall outside 0…1."""
    return float(of_shares(share, rates.sensitivity, rates.specificity, 1e-12))


def corrected(share: float, n: float, rates: Rates, level: float) -> Figure:
    """The true share by Rogan and Gladen, cut to 0…1, with an interval that carries both what was drawn and what was checked."""
    value = min(1.0, max(0.0, uncut(share, rates)))
    low, high = rates.bounds(share, n, level)
    return value, min(low, value), max(high, value)


def difference(first: Figure, second: Figure, rates: Rates | None, level: float) -> Figure:
    """second − first of two independent *apparent* shares, corrected.

    The false alarms of both cancel, so the difference is that of the apparent shares (Newcombe's method 10) divided by sensitivity +
    specificity − 1; the interval of the ratio is Fieller's, from the two intervals (MOVER-R: Newcombe 2016).
    """
    value = second[0] - first[0]
    low, high = square_and_add(first, second)
    return (value, low, high) if rates is None else scaled((value, low, high), rates, level)


def scaled(seen: Figure, rates: Rates, level: float) -> Figure:
    """A difference of apparent shares as a difference of true ones. Zero stays in or out of the interval, as it was."""
    youden, bounds = rates.youden, rates.youden_interval(level)
    low = -_upper(-seen[0], -seen[1], youden, bounds)
    return seen[0] / youden, max(-1.0, low), min(1.0, _upper(seen[0], seen[2], youden, bounds))


def _upper(value: float, high: float, youden: float, bounds: tuple[float, float]) -> float:
    """The upper bound of value ÷ youden: where (value − bound · youden) + its margin is zero."""
    above = (high - value) ** 2
    margin = youden - bounds[0] if high > 0 else bounds[1] - youden
    square = youden**2 - margin**2
    inside = max(0.0, (value * youden) ** 2 - square * (value**2 - above))
    return (value * youden + math.sqrt(inside)) / square
