"""What each candidate is held against.

- A candidate that differs between units is held against the target *within* units and periods.
- A candidate that is the same for every unit (the weather, a price) has nothing left within a period: it is held
  against the units' mean.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.deterministic import cleaned, detrended, without_shocks
from kapula.analyses.leading.raw import Raw, constant

Floats = NDArray[np.float64]

SAME = 0.05
"""A candidate whose variance between units in a period is a smaller share than this is one series for everyone."""
EXACT = 1e-9


def comparisons(target: Floats, candidates: Floats, n: Floats) -> list[Raw]:
    """The candidates that differ between units against the units, and those that do not against the units' mean."""
    places = np.flatnonzero(~constant(candidates))
    units = len(target)
    if units == 1:
        return [Raw(target, candidates[places], places, n, False)] if len(places) else []
    same = _same(candidates[places])
    found = []
    if (~same).any():
        found.append(Raw(target, candidates[places[~same]], places[~same], n, units >= 3))
    if same.any():
        found.append(_together(target, candidates[places[same]], places[same], n))
    return found


def _same(candidates: Floats) -> NDArray[np.bool_]:
    """Equal in every unit, or but for a constant of each unit."""
    level = np.ones((candidates.shape[-1], 1))
    total = (np.nan_to_num(detrended(candidates, level)) ** 2).sum(axis=(1, 2))
    apart = [np.nan_to_num(one) ** 2 for one in (without_shocks(candidates), cleaned(candidates, level, shocks=True))]
    least = np.minimum(*(one.sum(axis=(1, 2)) for one in apart))
    return np.asarray(least <= SAME * np.maximum(total, 1e-300))


def _together(target: Floats, candidates: Floats, places: NDArray[np.int64], n: Floats) -> Raw:
    """The units' mean target, each unit around its own mean, weighted by answers; and one series of each candidate."""
    own = detrended(target, np.ones((target.shape[-1], 1)))
    one, total = _mean(own, np.where(np.isfinite(own), n, 0.0))
    each = np.stack([_shared(candidate) for candidate in candidates])
    return Raw(one[None], each[:, None], places, total[None], False)


def _shared(candidate: Floats) -> Floats:
    """The units' mean (periods,); where they differ around their own means, so that a unit without a figure moves nothing."""
    seen = np.isfinite(candidate)
    level = float(candidate[seen].mean())
    if float(np.nansum(without_shocks(candidate) ** 2)) <= EXACT * max(
        float(np.nansum((candidate - level) ** 2)), 1e-300
    ):
        return _mean(candidate, seen.astype(float))[0]
    own = detrended(candidate, np.ones((candidate.shape[-1], 1)))
    return level + _mean(own, np.isfinite(own).astype(float))[0]


def _mean(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Over units, and the sum of weights."""
    total = weights.sum(axis=-2)
    found = (np.nan_to_num(values) * weights).sum(axis=-2)
    return np.where(total > 0, found / np.where(total > 0, total, 1.0), np.nan), total
