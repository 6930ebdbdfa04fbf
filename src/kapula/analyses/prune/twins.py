"""Questions that ask the same twice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kapula.analyses.columns import Floats
from kapula.statistics.laws import normal_quantile


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


def twins(correlations: Floats, names: Sequence[str], n: float, least: float, level: float) -> tuple[Twins, ...]:
    """Pairs that are each other's nearest and whose correlation is surely (Fisher's interval) at least ``least`` in size.

    ``n``: the effective one."""
    r = np.clip(correlations, -1, 1) * (1 - np.eye(len(correlations)))
    nearest = np.abs(r).argmax(axis=1)
    half = float(normal_quantile((1 + level) / 2)) / math.sqrt(max(n - 3, 1.0))
    found = []
    for i, j in enumerate(nearest):
        if i < j and nearest[j] == i:
            value = float(r[i, j])
            z = math.atanh(max(-1 + 1e-15, min(1 - 1e-15, value)))
            low, high = math.tanh(z - half), math.tanh(z + half)
            if min(abs(low), abs(high)) >= least and low * high > 0:
                found.append(Twins(names[i], names[j], value, low, high))
    return tuple(found)


def pairing(found: Sequence[Twins], names: Sequence[str]) -> Floats:
    """(p, p) matrix with 1 where two of ``names`` are twins."""
    place = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)))
    for pair in found:
        i, j = place[pair.first], place[pair.second]
        matrix[i, j] = matrix[j, i] = 1.0
    return matrix
