"""How much the target moves, ``lag`` periods later, for one unit more of the candidate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kapula.analyses.leading.prepare import Group
from kapula.analyses.leading.scores import under

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Effects:
    """(candidates,): slope in the target's unit per the candidate's, and its interval."""

    value: Floats
    low: Floats
    high: Floats


def effects(group: Group, lag: NDArray[np.int64], level: float) -> Effects:
    """The impulse response at each candidate's ``lag``: least squares of the target, under the candidate's filter,
    on the candidate's
    shocks. The shocks are white, so what happens at other lags stays out of it. The variance is that of the
    periods' sums of scores."""
    shocks = group.leader_memory.shocks(group.leaders)
    plain = under(group.leader_memory, group.target)
    value, low, high = (np.full(len(lag), np.nan) for _ in range(3))
    lost = group.columns.shape[1] + group.leader_memory.most
    for step in np.unique(lag):
        who = np.flatnonzero(lag == step)
        ahead, behind = shocks[who][..., : shocks.shape[-1] - step], plain[who][..., step:]
        both = np.isfinite(ahead) & np.isfinite(behind)
        ahead, behind = np.where(both, ahead, 0.0), np.where(both, behind, 0.0)
        weighted = ahead * group.weights[:, step:]
        size = np.maximum((weighted * ahead).sum(axis=(1, 2)), 1e-300)
        slope = (weighted * behind).sum(axis=(1, 2)) / size
        scores = (weighted * (behind - slope[:, None, None] * ahead)).sum(axis=1)
        periods = both.any(axis=1).sum(axis=1)
        spare = np.maximum(periods - 1 - lost, 1)
        error = np.sqrt((scores**2).sum(axis=1) * periods / spare) / size
        half = special.stdtrit(spare, (1 + level) / 2) * error
        value[who], low[who], high[who] = slope, slope - half, slope + half
    return Effects(value, low, high)
