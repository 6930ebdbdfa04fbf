"""Embeddings as they are kept: a byte for each direction, which is exact enough to compare by and a quarter of the size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

DIRECTIONS: Final = 384
_STEPS: Final = 127


def packed(vector: np.ndarray[Any, Any]) -> tuple[bytes, float]:
    """The bytes and the scale of a vector: each direction is ``byte`` · ``scale``, off by half a step (max |v| / 254) at most."""
    largest = float(np.max(np.abs(vector))) if len(vector) else 0.0
    if not np.isfinite(largest) or largest == 0.0:
        return bytes(len(vector)), 0.0
    steps = np.rint(np.asarray(vector, dtype=np.float64) * (_STEPS / largest))
    return steps.astype(np.int8).tobytes(), largest / _STEPS


def unpacked(rows: Sequence[tuple[Any, float]]) -> Any:
    """Vectors of (bytes, scale): float32 (n, 384), of unit length; one that was all zeros stays so."""
    if not rows:
        return np.zeros((0, DIRECTIONS), dtype=np.float32)
    steps = np.frombuffer(b"".join(bytes(row[0]) for row in rows), dtype=np.int8).reshape(len(rows), -1)
    found = steps.astype(np.float32) * np.array([row[1] for row in rows], dtype=np.float32)[:, None]
    length = np.linalg.norm(found, axis=1, keepdims=True)
    return np.divide(found, length, out=np.zeros_like(found), where=length > 0)
