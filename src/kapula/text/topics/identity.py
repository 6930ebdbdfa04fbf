"""Which of today's themes are those of last time: one to one, by where they lie and by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.errors import ParameterError
from kapula.text.topics.results import KnownTheme

SAME: Final = 0.6
"""Similarity from which a theme carries on a known one; measured in docs/text/topics.md."""
WORDS: Final = 0.25
"""How much of the similarity is the overlap of the words; the rest is the cosine of the centroids."""


@dataclass(frozen=True, slots=True)
class Fate:
    """Of a theme of today. ``id``: of the known theme it carries on, None when it is new; ``split_from``: of the one it came from."""

    id: str | None
    similarity: float | None
    split_from: str | None


def fates(
    centroids: NDArray[np.float32], stems: Sequence[Sequence[str]], known: Sequence[KnownTheme]
) -> tuple[list[Fate], dict[str, str | int], tuple[str, ...]]:
    """(each theme's fate, known id → the place of the theme it has merged into, known ids that are gone)."""
    if not known:
        return [Fate(None, None, None) for _ in stems], {}, ()
    alike = similarity(centroids, stems, known)
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(-alike)
    pairs = {int(row): int(column) for row, column in zip(rows, columns, strict=True) if alike[row, column] >= SAME}
    found = []
    for place in range(len(stems)):
        if place in pairs:
            found.append(Fate(known[pairs[place]].id, float(alike[place, pairs[place]]), None))
        else:
            near = int(alike[place].argmax())
            parent = known[near].id if alike[place, near] >= SAME else None
            found.append(Fate(None, float(alike[place, near]), parent))
    merged: dict[str, str | int] = {}
    faded = []
    for column, one in enumerate(known):
        if column not in pairs.values():
            near = int(alike[:, column].argmax()) if len(stems) else -1
            if near >= 0 and alike[near, column] >= SAME:
                merged[one.id] = near
            else:
                faded.append(one.id)
    return found, merged, tuple(faded)


def check(directions: int, known: Sequence[KnownTheme]) -> None:
    """Raises :class:`ParameterError` for a known theme of other embeddings."""
    for one in known:
        if len(one.centroid) != directions:
            raise ParameterError(
                f"The known theme {one.id!r} has {len(one.centroid)} directions and the embeddings {directions}.",
                hint="Themes found with other embeddings are not known again.",
                parameter="known",
                value=one.id,
            )


def similarity(
    centroids: NDArray[np.float32], stems: Sequence[Sequence[str]], known: Sequence[KnownTheme]
) -> NDArray[np.float64]:
    """(themes, known): the centroids' cosine and the share of the smaller set of stems that is in both."""
    before = np.array([one.centroid for one in known], dtype=np.float64)
    before /= np.maximum(np.linalg.norm(before, axis=1, keepdims=True), 1e-9)
    cosine = np.asarray(centroids, dtype=np.float64).reshape(-1, before.shape[1]) @ before.T
    words = np.array(
        [[_overlap(set(mine), set(one.stems)) for one in known] for mine in stems], dtype=np.float64
    ).reshape(cosine.shape)
    told = np.array([bool(one.stems) for one in known])
    return np.where(told[None, :], (1 - WORDS) * cosine + WORDS * words, cosine)


def _overlap(first: set[str], second: set[str]) -> float:
    return len(first & second) / max(1, min(len(first), len(second)))
