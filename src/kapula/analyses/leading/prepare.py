"""From a panel to series that can be compared: what is shared, seasonal or wandering taken out, and candidates
grouped by what that asks.

- A candidate that differs between units is held against the target *within* units and periods: both less their
unit's level, trend and
  season and less the period's mean over units.
- A candidate that is the same for every unit (the weather, a price) has nothing left within a period: it is held
against the units' mean.
- When the target or the candidate wanders (a unit root), both are differenced.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.deterministic import basis, cleaned, detrended, differences, without_shocks
from kapula.analyses.leading.memory import Memory, most_lags, remember
from kapula.analyses.leading.precision import precision
from kapula.analyses.leading.unitroots import unit_roots

Floats = NDArray[np.float64]

SAME = 0.05
"""A candidate whose variance between units in a period is a smaller share than this is one series for everyone."""
EXACT = 1e-9
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


@dataclass(frozen=True)
class Group:
    """Series ready to be compared. ``target``: (1, units, periods), ``leaders``: (candidates, units, periods);
    ``weights``: precision of
    the target's figures, mean 1."""

    raw: Raw
    columns: Floats
    differenced: bool
    season: float | None
    target: Floats
    leaders: Floats
    weights: Floats

    @cached_property
    def target_memory(self) -> Memory:
        return remember(self.target)

    @cached_property
    def leader_memory(self) -> Memory:
        return remember(self.leaders)


def constant(candidates: Floats) -> NDArray[np.bool_]:
    """The candidates (candidates, units, periods) that do not move in any unit, or have hardly a figure."""
    seen = np.isfinite(candidates)
    count = seen.sum(axis=-1)
    mean = np.where(seen, candidates, 0.0).sum(axis=-1, keepdims=True) / np.maximum(count, 1)[..., None]
    left = np.where(seen, candidates - mean, 0.0)
    size = np.where(seen, candidates**2, 0.0).sum(axis=(-1, -2))
    return np.asarray((left**2).sum(axis=(-1, -2)) <= FLAT * np.maximum(size, 1e-300))


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


def groups(raw: Raw, season: float | None) -> list[Group]:
    """The comparison split by whether the pair must be differenced."""
    columns = basis(raw.target.shape[-1], season)
    target = cleaned(raw.target[None], columns, shocks=raw.shocks)
    leaders = cleaned(raw.candidates, columns, shocks=raw.shocks)
    most = most_lags(raw.target.shape[-1])
    wanders = unit_roots(leaders, columns, most).wanders | unit_roots(target, columns, most).wanders[0]
    found = []
    if (~wanders).any():
        found.append(_group(raw, columns, target, leaders[~wanders], ~wanders, season, differenced=False))
    if wanders.any():
        level = columns[:, [0, *range(2, columns.shape[1])]]
        change = cleaned(differences(raw.target[None]), level, shocks=raw.shocks)
        changes = cleaned(differences(raw.candidates[wanders]), level, shocks=raw.shocks)
        found.append(_group(raw, level, change, changes, wanders, season, differenced=True))
    return found


def _group(
    raw: Raw,
    columns: Floats,
    target: Floats,
    leaders: Floats,
    which: NDArray[np.bool_],
    season: float | None,
    *,
    differenced: bool,
) -> Group:
    part = Raw(raw.target, raw.candidates[which], raw.places[which], raw.n, raw.shocks)
    return Group(part, columns, differenced, season, target, leaders, precision(target[0], raw.n, differenced))
