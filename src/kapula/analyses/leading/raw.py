"""The series of one comparison as they come, and the candidates that do not move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FLAT = 1e-12
"""Spread around the units' own means, relative to the largest figure, that rounding alone explains: a figure may lie far from zero and
still move."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Series of one comparison before anything is taken out. ``target``: (units, periods); ``candidates``:
    (candidates, units, periods)
    with their ``places`` among all candidates; ``n``: answers behind the target's figures; ``shocks``: whether
    period means are taken out."""

    target: Floats
    candidates: Floats
    places: NDArray[np.int64]
    n: Floats
    shocks: bool


def constant(candidates: Floats) -> NDArray[np.bool_]:
    """The candidates (candidates, units, periods) that do not move in any unit, or have hardly a figure."""
    seen = np.isfinite(candidates)
    count = seen.sum(axis=-1)
    filled = np.where(seen, candidates, 0.0)
    size = np.abs(filled).max(axis=(-1, -2), keepdims=True, initial=0.0)
    filled = filled / np.where(size > 0, size, 1.0)
    mean = filled.sum(axis=-1, keepdims=True) / np.maximum(count, 1)[..., None]
    left = np.where(seen, filled - mean, 0.0)
    spread = np.sqrt((left**2).sum(axis=(-1, -2)) / np.maximum(count.sum(axis=-1), 1))
    return np.asarray(spread <= FLAT)


def blank(candidates: Floats) -> NDArray[np.bool_]:
    """The candidates (candidates, units, periods) without a single figure."""
    return np.asarray(~np.isfinite(candidates).any(axis=(-1, -2)))
