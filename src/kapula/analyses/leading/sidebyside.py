"""The target and the leader side by side, for the eye."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.alarms import Together
from kapula.analyses.leading.raw import Raw

Floats = NDArray[np.float64]


def side_by_side(raw: Raw, place: int, lag: int, labels: tuple[Any, ...]) -> tuple[Together, ...]:
    """The target and the candidate ``lag`` periods before, over the units: for the eye, with nothing but levels taken out."""
    target, leader = (_usual(one) for one in (raw.target, raw.candidates[place]))
    shifted = np.concatenate([np.full(lag, np.nan), leader[: len(leader) - lag]])
    return tuple(
        Together(label, *(float(x) if np.isfinite(x) else None for x in pair))
        for label, pair in zip(labels, zip(target, shifted, strict=True), strict=True)
    )


def _usual(values: Floats) -> Floats:
    seen = np.isfinite(values)
    own = np.where(seen, values - _mean(values, seen, 1), 0.0)
    count = seen.sum(axis=0)
    found = np.where(count > 0, own.sum(axis=0) / np.maximum(count, 1), np.nan)
    spread = float(np.sqrt(np.nanmean(found**2))) if np.isfinite(found).any() else 0.0
    return found / spread if spread > 0 else found


def _mean(values: Floats, seen: NDArray[np.bool_], axis: int) -> Floats:
    count = np.maximum(seen.sum(axis=axis, keepdims=True), 1)
    return np.asarray(np.where(seen, values, 0.0).sum(axis=axis, keepdims=True) / count)
