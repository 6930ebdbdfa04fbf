"""The effect, had the mentions been found without error.

A matcher of sensitivity a and specificity b finds the share p as p·(a + b − 1) + 1 − b; the last part falls out of differences.
Source: Rogan & Gladen (1978), Am. J. Epidemiology 107, 71–76.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from scipy import special

from kapula.analyses.linkage.robust import Estimate
from kapula.analyses.noticed.parts import Effect
from kapula.text.shares import ErrorRates, Rates, StratifiedRates, rates_from

DRAWS: Final = 20_000


def rates_of(errors: Any) -> Rates | None:
    """Error rates from the object, its four counts by name, or None. Raises :class:`~kapula.errors.ParameterError`."""
    if errors is None or isinstance(errors, ErrorRates | StratifiedRates):
        return errors
    return rates_from(errors if isinstance(errors, Mapping) else {})


def corrected(told: Estimate, effect: Effect, rates: Rates, level: float, seed: int) -> Effect:
    """The effect over a + b − 1; its interval takes in that a and b are known from a count only.

    All are drawn (the effect from its t law, a and b from what was checked), and the interval is the quantiles' of their ratio.
    """
    rng = np.random.default_rng(seed)
    effects = told.value + told.se * special.stdtrit(told.df, rng.random(DRAWS))
    a, b = rates.drawn(DRAWS, rng)
    drawn = effects / np.maximum(a + b - 1, 0.05)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    value = told.value / rates.youden
    low, high = min(float(low), value), max(float(high), value)
    share = None if effect.share is None else _share(effect.share, rates)
    expected = None if effect.expected is None else _share(effect.expected, rates)
    return Effect(effect.n, value, low, high, told.p, share, expected, effect.warnings)


def _share(found: float, rates: Rates) -> float:
    return float(np.clip((found + rates.specificity - 1) / rates.youden, 0, 1))
