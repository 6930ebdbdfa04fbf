"""Embeddings made ready for grouping: what all comments share, and what only their language makes alike, is taken away."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
OWN_MEAN: Final = 20
"""Comments in a language before it gets a mean of its own."""
DIRECTIONS: Final = 32
MOST_WORDS: Final = 2000


def centred(embeddings: Vectors, languages: Sequence[str] | None) -> Vectors:
    """Each less the mean of its language, of unit length. Where a comment lies in this space does not depend on the languages' shares."""
    vectors = np.asarray(embeddings, dtype=np.float32)
    found = vectors - vectors.mean(axis=0) if len(vectors) else vectors
    if languages is not None:
        told = np.asarray(languages, dtype=object)
        for language in sorted(set(languages)):
            rows = np.nonzero(told == language)[0]
            if len(rows) >= OWN_MEAN:
                found[rows] = vectors[rows] - vectors[rows].mean(axis=0)
    return unit(found)


def unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), dtype=np.float32)


def main_directions(vectors: Vectors) -> Vectors:
    """(directions of the space, main directions): those along which these vectors differ most."""
    count = min(DIRECTIONS, vectors.shape[1], max(2, len(vectors) // 4))
    _, _, rows = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
    kept = rows[:count]
    # A direction's sign is the machine's choice: make it ours, so that the same data gives the same groups anywhere.
    signs = np.sign(kept[np.arange(len(kept)), np.abs(kept).argmax(axis=1)])
    return np.asarray((kept * signs[:, None]).T, dtype=np.float32)


def whitened(vectors: Vectors) -> Vectors:
    """Along the main directions, each as important as the others: no single one (length, praise or blame) decides the groups."""
    turned = vectors @ main_directions(vectors)
    return unit(turned / np.maximum(turned.std(axis=0), 1e-9))


def of_words(stems: Sequence[frozenset[str]], random: np.random.Generator) -> Vectors:
    """The main directions of which words occur together (latent semantic analysis), by randomised singular values.

    Sources: Deerwester et al. (1990), JASIS 41, 391–407; Halko, Martinsson & Tropp (2011), SIAM Review 53, 217–288.
    """
    counts = Counter(stem for held in stems for stem in held)
    words = sorted((stem for stem, n in counts.items() if n >= 2), key=lambda stem: (-counts[stem], stem))[:MOST_WORDS]
    column = {stem: place for place, stem in enumerate(words)}
    table = np.zeros((len(stems), max(1, len(words))), dtype=np.float32)
    for row, held in enumerate(stems):
        for stem in held:
            if stem in column:
                table[row, column[stem]] = math.log(len(stems) / counts[stem])
    table = unit(table)
    sketch = table @ random.standard_normal((table.shape[1], DIRECTIONS + 10)).astype(np.float32)
    for _ in range(3):
        sketch = table @ (table.T @ np.linalg.qr(sketch)[0])
    basis = np.linalg.qr(sketch)[0]
    left, values, _ = np.linalg.svd(basis.T @ table, full_matrices=False)
    return unit((basis @ left * values)[:, :DIRECTIONS])


def unlike(vectors: Vectors, random: np.random.Generator) -> Vectors:
    """As many vectors of the same spread without any groups: normal ones with the same covariance, of unit length."""
    spread = np.cov(vectors.T.astype(np.float64))
    drawn = random.multivariate_normal(vectors.mean(axis=0), spread, size=len(vectors), method="eigh")
    return unit(drawn.astype(np.float32))
