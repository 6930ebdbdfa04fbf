"""The series of one comparison as they come, and the candidates that do not move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FLAT = 1e-10


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
    mean = np.where(seen, candidates, 0.0).sum(axis=-1, keepdims=True) / np.maximum(count, 1)[..., None]
    left = np.where(seen, candidates - mean, 0.0)
    size = np.where(seen, candidates**2, 0.0).sum(axis=(-1, -2))
    return np.asarray((left**2).sum(axis=(-1, -2)) <= FLAT * np.maximum(size, 1e-300))
