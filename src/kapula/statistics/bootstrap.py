"""The bias-corrected and accelerated bootstrap of a ratio of sums."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kapula.statistics.laws import normal_quantile, normal_share

_CHUNK = 4_000_000


def bootstrap_ratio(
    y: NDArray[np.float64],
    x: NDArray[np.float64],
    times: NDArray[np.int64],
    *,
    level: float,
    replicates: int,
    seed: int,
) -> tuple[float, float]:
    """BCa interval of Σ times·y ÷ Σ times·x, resampling units (rows, or clusters) with replacement.

    ``times``: how often each (y, x) occurs, so equal rows cost nothing. Source: Efron (1987), JASA 82, 171–185; the
    acceleration is taken from the linearised influence of each unit.
    """
    units = int(times.sum())
    value = float(times @ y / (times @ x))
    drawn = _draws(y, x, times / units, units, replicates, np.random.default_rng(seed))
    influence = y - value * x
    squares = float(times @ influence**2)
    if squares <= 0 or np.ptp(drawn) == 0:
        return value, value
    acceleration = float(times @ influence**3) / (6 * squares**1.5)
    below = (np.sum(drawn < value) + np.sum(drawn == value) / 2) / drawn.size
    bias = normal_quantile(np.clip(below, 1 / (drawn.size + 1), drawn.size / (drawn.size + 1)))
    z = bias + normal_quantile([(1 - level) / 2, (1 + level) / 2])
    low, high = np.quantile(drawn, normal_share(bias + z / (1 - acceleration * z)))
    return min(float(low), value), max(float(high), value)


def _draws(
    y: NDArray[np.float64],
    x: NDArray[np.float64],
    chances: NDArray[np.float64],
    units: int,
    replicates: int,
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """The ratio of each resample; samples in which no weight was drawn are drawn again by their absence."""
    found: list[NDArray[np.float64]] = []
    step = max(1, _CHUNK // max(1, y.size))
    for start in range(0, replicates, step):
        counts = random.multinomial(units, chances, size=min(step, replicates - start))
        below = counts @ x
        found.append((counts @ y)[below > 0] / below[below > 0])
    return np.concatenate(found)
