"""Comments in groups, by where they lie among meanings and by the words they share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.text.topics import space, stability
from kapula.text.topics.common import telling_stems
from kapula.text.topics.kmeans import nearest
from kapula.text.topics.missed import Piece
from kapula.text.topics.results import KnownTheme

Vectors = NDArray[np.float32]
SMALLEST: Final = 6
"""Comments in a theme; with many, one in a hundred."""
MOST_GROUPED: Final = 3000
"""The number of groups is sought with at most so many; the rest then go to the nearest group."""
NEAR: Final = 0.3


def grouped(
    vectors: Vectors, pieces: Sequence[Piece], known: Sequence[KnownTheme], seed: int, most: int | None
) -> tuple[stability.Tried, NDArray[np.int64]] | None:
    """The best grouping, and the group of each piece. ``vectors``: in the centred space. None when no group stays together."""
    random = np.random.default_rng([seed, 0])
    words = space.of_words([telling_stems(piece.text, piece.language) for piece in pieces], random)
    words = space.centred(words, [piece.language for piece in pieces])  # no word is shared by two languages
    both = space.unit(np.hstack([space.whitened(vectors), words]))
    sample = np.arange(len(both))
    if len(both) > MOST_GROUPED:
        sample = np.sort(random.choice(len(both), MOST_GROUPED, replace=False))
    smallest = max(SMALLEST, math.ceil(0.01 * len(sample)))
    tried = stability.choose(both[sample], smallest, seed, _start(vectors, both, known), most)
    return None if tried is None else (tried, nearest(both, tried.grouping.centres))


def _start(vectors: Vectors, both: Vectors, known: Sequence[KnownTheme]) -> Vectors | None:
    """Last time's themes as the first centres: the middles of what lies near them now."""
    if not known or len(known[0].centroid) != vectors.shape[1]:
        return None
    alike = vectors @ space.unit(np.array([one.centroid for one in known], dtype=np.float32)).T
    places = np.where(alike.max(axis=1) >= NEAR, alike.argmax(axis=1), -1)
    middles = [both[places == place].mean(axis=0) for place in range(len(known)) if (places == place).sum() >= 3]
    return space.unit(np.array(middles, dtype=np.float32)) if middles else None
