"""From a comparison to series that can be compared: what is shared, seasonal or wandering taken out, and candidates
grouped by what that asks.

- A candidate that differs between units and the target are both less their unit's level, trend and season and less
  the period's mean over units.
- When the target or the candidate wanders (a unit root), both are differenced.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.deterministic import basis, cleaned, differences
from kapula.analyses.leading.memory import Memory
from kapula.analyses.leading.precision import precision
from kapula.analyses.leading.raw import Raw
from kapula.analyses.leading.remembering import most_lags, remember
from kapula.analyses.leading.unitroots import unit_roots

Floats = NDArray[np.float64]


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
