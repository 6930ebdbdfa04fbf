"""The candidate's lag and weight that fit the earlier periods best, beside the target's own past."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """Each candidate's lag and weight, and the past's weights without it (order,) and their change with it (candidates, order)."""

    step: NDArray[np.int64]
    weight: Floats
    base: Floats
    change: Floats

    def of(self, who: NDArray[np.int64]) -> Choice:
        return Choice(self.step[who], self.weight[who], self.base, self.change[who])


def chosen(
    target: Floats, leaders: Floats, past: Floats, weights: Floats, fit: NDArray[np.bool_], steps: range
) -> Choice:
    root = np.sqrt(weights[fit])
    q, r = np.linalg.qr(past[fit] * root[:, None])
    now = target[fit] * root
    known = q.T @ now
    now = now - q @ known
    best = np.full(len(leaders), -1.0)
    step_of, weight = np.full(len(leaders), steps[0], dtype=np.int64), np.zeros(len(leaders))
    shared = np.zeros((len(leaders), q.shape[1]))
    for step in steps:
        column = np.nan_to_num(back(leaders, step)[:, fit]) * root
        along = column @ q
        size = np.maximum((column**2).sum(axis=1) - (along**2).sum(axis=1), 0.0)
        size = np.where(size > 1e-9 * np.maximum((column**2).sum(axis=1), 1e-300), size, np.inf)
        cross = column @ now
        better = cross**2 / size > best
        best = np.where(better, cross**2 / size, best)
        step_of, weight = np.where(better, step, step_of), np.where(better, cross / size, weight)
        shared = np.where(better[:, None], along, shared)
    inverse = np.linalg.pinv(r)
    return Choice(step_of, weight, inverse @ known, shared @ inverse.T)


def back(values: Floats, step: int) -> Floats:
    """The series ``step`` periods before, NaN at the start."""
    found = np.full(values.shape, np.nan)
    found[..., step:] = values[..., : values.shape[-1] - step]
    return found
