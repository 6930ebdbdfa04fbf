"""Alpha's interval: Feldt's for independent answers, and linearised for weighted or clustered ones."""

from __future__ import annotations

import math

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.moments import Ints
from kapula.statistics.laws import f_quantile, t_quantile


def feldt(alpha: float, n: int, items: int, level: float) -> tuple[float, float]:
    """Interval of alpha for independent answers: (1 − α̂)·F has an F law. Source: Feldt (1965), Psychometrika 30(3), 357–370."""
    one, two = n - 1, (n - 1) * (items - 1)
    tail = (1 - level) / 2
    return 1 - (1 - alpha) * f_quantile(1 - tail, one, two), 1 - (1 - alpha) * f_quantile(tail, one, two)


def linearised(answers: Floats, weight: Floats, unit: Ints, alpha: float, level: float) -> tuple[float, float]:
    """Interval of alpha for weighted or clustered answers of any distribution: the Taylor-linearised error of Σ variances ÷ variance of the
    sum, on the log scale. Source: Maydeu-Olivares, Coffman & Hartmann (2007), Psychological Methods 12(2), 157–176 (log scale as there)."""
    k = answers.shape[1]
    centred = answers - np.average(answers, axis=0, weights=weight)
    parts, sums = (centred**2).sum(axis=1), centred.sum(axis=1) ** 2
    ratio = float(weight @ parts) / float(weight @ sums)
    influence = np.bincount(unit, weight * (parts - ratio * sums)) / float(weight @ sums)
    units = len(influence)
    se = k / (k - 1) * math.sqrt(units / (units - 1) * float(influence @ influence)) / (1 - alpha)
    half = t_quantile((1 + level) / 2, units - 1) * se
    return 1 - (1 - alpha) * math.exp(half), 1 - (1 - alpha) * math.exp(-half)
