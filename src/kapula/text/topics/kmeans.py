"""Seeded spherical k-means. Source: Dhillon & Modha (2001), Machine Learning 42, 143–175; starts of Arthur & Vassilvitskii (2007), SODA."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Places = NDArray[np.int64]
ROUNDS: Final = 40


@dataclass(frozen=True, slots=True)
class Grouping:
    """``centres``: (groups, directions), of unit length. ``places``: the group of each. ``fit``: mean cosine to its centre."""

    centres: Vectors
    places: Places
    fit: float


def group(vectors: Vectors, count: int, random: np.random.Generator, start: Vectors | None = None) -> Grouping:
    """Unit vectors (n, directions) in at most ``count`` groups. ``start``: the first centres; the rest are drawn far from them."""
    centres = _starts(vectors, count, random, start)
    places = np.full(len(vectors), -1, dtype=np.int64)
    for _ in range(ROUNDS):
        found = nearest(vectors, centres)
        if np.array_equal(found, places):
            break
        places = found
        centres = _centres(vectors, places, centres)
    return Grouping(centres, places, float(np.einsum("ij,ij->i", vectors, centres[places]).mean()))


def nearest(vectors: Vectors, centres: Vectors) -> Places:
    return np.asarray(np.argmax(vectors @ centres.T, axis=1), dtype=np.int64)


def _centres(vectors: Vectors, places: Places, before: Vectors) -> Vectors:
    """The members' mean direction; an empty group keeps its centre."""
    member = np.zeros((len(before), len(vectors)), dtype=np.float32)
    member[places, np.arange(len(vectors))] = 1
    sums = member @ vectors
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(np.where(length > 1e-9, sums / np.maximum(length, 1e-9), before), dtype=np.float32)


def _starts(vectors: Vectors, count: int, random: np.random.Generator, start: Vectors | None) -> Vectors:
    """k-means++: each next centre drawn in proportion to the squared distance from the nearest so far."""
    chosen = [] if start is None else list(start[:count])
    if not chosen:
        chosen.append(vectors[random.integers(len(vectors))])
    far = 1 - (vectors @ np.stack(chosen).T).max(axis=1)
    while len(chosen) < count:
        weight = np.maximum(far.astype(np.float64), 0)
        total = weight.sum()
        place = int(random.choice(len(vectors), p=weight / total)) if total > 0 else int(random.integers(len(vectors)))
        chosen.append(vectors[place])
        far = np.minimum(far, 1 - vectors @ vectors[place])
    return np.asarray(np.stack(chosen), dtype=np.float32)
