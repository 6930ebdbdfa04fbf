"""How many periods the question takes."""

from __future__ import annotations

import math

from kapula.statistics.laws import normal_quantile

RELATION = 0.6
"""The correlation of shocks that must be within reach: with fewer periods only an implausibly strong leader could be found."""
POWER = 0.8
LEAST = 16
"""Periods there must be beside the longest lag."""


def needed_periods(units: int, tests: int, lags: int, window: int, q: float) -> int:
    """Periods with which a correlation of 0.6 is found in four cases of five among ``tests`` lags and candidates.

    ((z(1 − q/2m) + z(0.8)) ÷ artanh 0.6)² + 3 figures, spread over the units (one is spent on the period means),
    and the longest lag beside
    them; at least 16 and the longest lag. With a survey window each counted period is ``window`` periods long.
    """
    z = float(normal_quantile(1 - q / (2 * max(tests, 1)))) + float(normal_quantile(POWER))
    figures = math.ceil((z / math.atanh(RELATION)) ** 2) + 3
    spread = units - 1 if units >= 3 else units
    return window * max(LEAST + lags, math.ceil(figures / spread) + lags + 1)
