"""Values with their standard errors and limits, and when they let a question go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapula.analyses.columns import Floats
from kapula.statistics.laws import t_quantile


@dataclass(frozen=True, slots=True)
class Rules:
    """When a question may go: the upper limit of the loss of R² at most ``max_loss``, and the rank agreement at least
    ``min_agreement``."""

    max_loss: float
    min_agreement: float
    level: float

    def steps(self, losses: Bounds, agreement: Floats) -> int:
        """The largest number of drops that the rules allow; the first entry is dropping nothing."""
        allowed = (losses.high <= self.max_loss) & ~(agreement < self.min_agreement)
        allowed[0] = True
        return int(np.flatnonzero(allowed)[-1])


@dataclass(frozen=True, slots=True)
class Bounds:
    """Values with their standard errors and limits; arrays of one shape."""

    value: Floats
    se: Floats
    low: Floats
    high: Floats

    def as_if(self, more: float) -> Bounds:
        """As wide as they would be on so many times the answers."""
        by = more**-0.5
        return Bounds(
            self.value,
            self.se * by,
            self.value + (self.low - self.value) * by,
            self.value + (self.high - self.value) * by,
        )

    def at(self, place: int) -> tuple[float, float, float]:
        return float(self.value[place]), float(self.low[place]), float(self.high[place])


def bounds(
    gains: Floats, spread: Floats, extra: Floats, level: float, redone: Floats | None = None, counted: float = 0.0
) -> Bounds:
    """Σ gains ÷ Σ spread over batches, linearised: batches are independent. ``extra``: a variance to add (see :func:`second_order`).
    ``redone``: the procedure's variance on bootstrap samples (see :func:`resampled`); what it exceeds the linearised one by is ``counted``
    in that part."""
    count, total = len(gains), spread.sum()
    value = gains.sum(axis=0) / total
    influence = (gains - value * spread[:, None]) / total
    variance = count / (count - 1) * (influence**2).sum(axis=0) + extra
    if redone is not None:
        variance = variance + counted * np.maximum(0.0, redone - variance)
    half = t_quantile((1 + level) / 2, count - 1) * np.sqrt(variance)
    return Bounds(value, np.sqrt(variance), value - half, value + half)
