"""Questions that ask the same twice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.columns import Floats
from kapula.statistics.laws import normal_quantile

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Twins:
    """Two questions, their correlation with its interval, and ``reliability``: how surely the two together tell what they ask
    (Spearman–Brown)."""

    first: str
    second: str
    correlation: float
    low: float
    high: float

    @property
    def reliability(self) -> float:
        """2·|r| ÷ (1 + |r|). Source: Spearman (1910); Brown (1910), British J. Psychology 3."""
        return 2 * abs(self.correlation) / (1 + abs(self.correlation))

    def to_dict(self) -> dict[str, Any]:
        return {
            "first": self.first,
            "second": self.second,
            "correlation": self.correlation,
            "low": self.low,
            "high": self.high,
            "reliability": self.reliability,
        }


def limits(correlations: Floats, n: float, level: float) -> tuple[Floats, Floats]:
    """Fisher's interval of each correlation. ``n``: the effective one."""
    half = float(normal_quantile((1 + level) / 2)) / math.sqrt(max(n - 3, 1.0))
    z = np.arctanh(np.clip(correlations, -1 + 1e-15, 1 - 1e-15))
    return np.tanh(z - half), np.tanh(z + half)


def alike(correlations: Floats, n: float, least: float, level: float) -> Bools:
    """(p, p) which pairs have a correlation that is surely (Fisher's interval) at least ``least`` in size."""
    low, high = limits(correlations, n, level)
    sure = (np.minimum(np.abs(low), np.abs(high)) >= least) & (low * high > 0)
    return np.asarray(sure & ~np.eye(len(correlations), dtype=bool))


def twins(correlations: Floats, names: Sequence[str], n: float, least: float, level: float) -> tuple[Twins, ...]:
    """Pairs that are :func:`alike` and each other's nearest."""
    low, high = limits(correlations, n, level)
    nearest = np.abs(correlations * (1 - np.eye(len(correlations)))).argmax(axis=1)
    pairs = np.argwhere(np.triu(alike(correlations, n, least, level)))
    return tuple(
        Twins(names[i], names[j], float(np.clip(correlations[i, j], -1, 1)), float(low[i, j]), float(high[i, j]))
        for i, j in pairs
        if nearest[i] == j and nearest[j] == i
    )
