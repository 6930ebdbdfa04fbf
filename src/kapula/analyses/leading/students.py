"""One sum a period over the units, Student's t of those sums, and the weaker of two such tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]


def sums_of(leader: Floats, follower: Floats, weights: Floats, step: int, past: Floats | None) -> tuple[Floats, Floats]:
    """The sum over units of each period, and how many pairs it holds: (series, periods − step)."""
    periods = leader.shape[-1]
    ahead, behind = leader[..., : periods - step], follower[..., step:]
    both = np.isfinite(ahead) & np.isfinite(behind)
    ahead, behind = np.where(both, ahead, 0.0), np.where(both, behind, 0.0)
    if past is not None:
        part = past[..., step:, :]
        known = np.swapaxes(part, -1, -2) @ ahead[..., None]
        ahead = np.where(both, ahead - (part @ known)[..., 0], 0.0)
    products = ahead * behind * weights[..., step:]
    return products.sum(axis=-2), both.sum(axis=-2)


def students(sums: Floats, counts: Floats, lost: int = 0) -> tuple[Floats, Floats, Floats]:
    """Student's t of the mean of the periods' sums, its degrees of freedom, and the pairs. ``lost``: parameters
    fitted for each unit."""
    periods = (counts > 0).sum(axis=-1).astype(float)
    total = sums.sum(axis=-1)
    spare = np.maximum(periods - 1 - lost, 1)
    variance = np.maximum((sums**2).sum(axis=-1) - total**2 / np.maximum(periods, 1), 0.0) * periods / spare
    t = np.where(variance > 0, total / np.sqrt(np.where(variance > 0, variance, 1.0)), 0.0)
    return np.where(periods >= 5 + lost, t, 0.0), spare, counts.sum(axis=-1)


def weaker(first: tuple[Floats, ...], second: tuple[Floats, ...]) -> tuple[Floats, Floats, Floats]:
    p = np.maximum(tails(first[0], first[1]), tails(second[0], second[1]))
    agree = np.sign(first[0]) == np.sign(second[0])
    t = np.where(np.abs(first[0]) < np.abs(second[0]), first[0], second[0])
    return np.where(agree, t, 0.0), np.where(agree, p, 1.0), np.minimum(first[2], second[2])


def tails(t: Floats, spare: Floats) -> Floats:
    """Two-sided p of Student's t."""
    return np.asarray(2 * special.stdtr(spare, -np.abs(t)))
