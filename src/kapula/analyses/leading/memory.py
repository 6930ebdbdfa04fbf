"""A series' own memory: the autoregression as a filter, the shocks it leaves, and the past it reads.

Source: Box & Jenkins (1970), Time Series Analysis: Forecasting and Control, chapter 11 (prewhitening).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Memory:
    """``weights``: (series, units, most) of the autoregressions, zero beyond each series' ``order`` (series,)."""

    weights: Floats
    order: NDArray[np.int64]

    @property
    def most(self) -> int:
        return int(self.weights.shape[-1])

    def shocks(self, values: Floats) -> Floats:
        """The series (series, units, periods) less what its own past says. NaN where the figure is missing and in
        the first ``order``
        periods of a unit."""
        past = filled(values)
        found = values.copy()
        for lag in range(1, self.most + 1):
            found[..., lag:] -= self.weights[..., lag - 1, None] * past[..., :-lag]
        started = np.maximum.accumulate(np.isfinite(values), axis=-1).cumsum(axis=-1)
        return np.where(started > self.order[:, None, None], found, np.nan)


def filled(values: Floats) -> Floats:
    """History without gaps, for use as a regressor only: a missing figure is the last one seen, drawn towards the
    mean (0) by half for
    every period gone. Looks back, never ahead."""
    seen = np.isfinite(values)
    if seen.all():
        return values
    found = np.where(seen, values, 0.0)
    for period in range(1, values.shape[-1]):
        found[..., period] = np.where(seen[..., period], found[..., period], found[..., period - 1] / 2)
    return found


def lags(values: Floats, first: int, count: int) -> Floats:
    """(…, periods, count): the filled series ``first``, ``first`` + 1, … periods before; 0 before the start."""
    past = filled(values)
    found = np.zeros((*values.shape, count))
    for place in range(count):
        back = first + place
        found[..., back:, place] = past[..., : values.shape[-1] - back]
    return found
