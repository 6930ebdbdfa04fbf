"""The exact split of a change into mix and within, by segment.

The measure of a period is M = Σ_g p_g m_g, with p_g the segment's share of the weight and m_g the measure in the segment. With Δ the
second period minus the first and a bar the mean of the two,

    within_g = p̄_g Δm_g        mix_g = Δp_g (m̄_g − M̄)

and Σ_g (mix_g + within_g) = ΔM exactly, because the shares' changes sum to zero, whatever is taken off m̄_g. Taking off the overall
mean M̄ makes a segment's mix part positive when it grew and is better than the whole (or shrank and is worse). The midpoint is the
Marshall–Edgeworth choice: neither period is the norm, and exchanging the two only changes signs. A segment present
in one period only has no change of its own: it is all mix.

Sources: Kitagawa (1955), JASA 50, 1168–1194; Das Gupta (1993), Standardization and Decomposition of Rates, P23-186, U.S. Census.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Split:
    """Arrays with any leading (batch) axes. ``shares``, ``values``: (…, segments, 2), a missing value being NaN. ``mix``, ``within``,
    ``change``: (…, segments). ``levels``: (…, 2), the measure of each period as a ratio."""

    shares: Floats
    values: Floats
    levels: Floats
    mix: Floats
    within: Floats
    change: Floats

    @property
    def total(self) -> Floats:
        found: Floats = self.levels[..., 1] - self.levels[..., 0]
        return found


def split(y: Floats, x: Floats) -> Split:
    """The split of Σy ÷ Σx from each segment's sums; arrays of shape (…, segments, 2), the last axis first and second period."""
    below = x.sum(axis=-2, keepdims=True)
    shares = x / below
    present = x > 0
    values = np.divide(y, x, out=np.full(np.broadcast(y, x).shape, np.nan), where=present)
    levels = (y.sum(axis=-2, keepdims=True) / below)[..., 0, :]
    filled = np.where(present, values, values[..., ::-1])  # of a segment in one period only, that period's value
    filled = np.where(np.isnan(filled), 0.0, filled)  # in neither: its share is zero in both
    change = np.where(present.all(axis=-1), filled[..., 1] - filled[..., 0], 0.0)
    middle = levels.mean(axis=-1)[..., None]
    mix = (shares[..., 1] - shares[..., 0]) * (filled.mean(axis=-1) - middle)
    within = shares.mean(axis=-1) * change
    return Split(shares, values, levels, mix, within, change)


def threefold(found: Split) -> dict[str, float]:
    """Mix and within at the first period's values and shares, and what only their joint change brings: the interaction."""
    first = np.nan_to_num(np.where(np.isnan(found.values), found.values[..., ::-1], found.values)[..., 0])
    moved = found.shares[:, 1] - found.shares[:, 0]
    return {
        "mix": float((moved * (first - found.levels[0])).sum()),
        "within": float((found.shares[:, 0] * found.change).sum()),
        "interaction": float((moved * found.change).sum()),
    }
