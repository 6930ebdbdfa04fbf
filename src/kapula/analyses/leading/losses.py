"""Squared errors of the forecasts with and without the candidate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.choice import Choice, back

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Losses:
    """Squared errors, weighted and summed over units: (candidates, periods), 0 where nothing was forecast. ``moved``: error of the
    baseline × what the candidate changed, whose mean is zero when the candidate adds nothing. ``n``: forecasts of
    each candidate."""

    without: Floats
    given: Floats
    moved: Floats
    n: NDArray[np.int64]


def forecast(
    target: Floats, leaders: Floats, past: Floats, weights: Floats, ahead: NDArray[np.bool_],
    step: int, choice: Choice, who: NDArray[np.int64], into: Losses,
) -> None:  # fmt: skip
    moved = back(leaders, step)
    there = ahead & np.isfinite(moved)
    base = past @ choice.base
    change = choice.weight[:, None, None] * (np.nan_to_num(moved) - np.tensordot(choice.change, past, axes=(1, 2)))
    error = np.where(ahead, target - base, 0.0)
    for name, loss in (("without", error**2), ("given", (error - change) ** 2), ("moved", error * change)):
        getattr(into, name)[who] += (np.where(there, loss, 0.0) * weights).sum(axis=1)
    into.n[who] += there.sum(axis=(1, 2))
