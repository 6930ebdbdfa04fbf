"""Corrections teach: from people's labels to heads, with what they are worth measured on those kept aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kapula.text import labels, prepare
from kapula.text.codebook.codebook import Codebook, Head
from kapula.text.codebook.learn import background, fit

LEAST = 10  # corrections of a theme before anything is learned from them


def teach(
    codebook: Codebook,
    texts: Sequence[str],
    corrections: Mapping[str, Sequence[bool | None]],
    tier: str = "careful",
) -> Codebook:
    """The codebook with a head for every theme that at least LEAST corrections speak of.

    ``corrections``: code → for each text whether it speaks of the theme, None where nobody has said. A theme with fewer corrections
    keeps what it had. Comments of Kapula's own corpus stand beside the corrections with a small weight, so that a handful of
    corrections of one kind does not turn the theme over.
    """
    from kapula.text.reading import embed

    own = _own(texts, tier)
    embeddings = embed(texts, tier)
    behind, known = background(tier)
    heads: dict[str, Head] = {}
    for code, told in corrections.items():
        rows = [i for i, one in enumerate(told) if one is not None]
        if len(rows) < LEAST or code not in codebook.codes:
            continue
        y = [bool(told[i]) for i in rows]
        index = labels.THEMES.index(code) if code in labels.THEMES else None
        column = None if index is None else known[:, index]
        beside = [False] * len(behind) if column is None else [bool(value > 0) for value in column]
        heads[code] = fit(
            np.vstack([embeddings[rows], behind]),
            [*y, *beside],
            None if index is None or column is None else [*(float(own[i, index]) for i in rows), *map(float, column)],
            [1.0] * len(rows) + [len(rows) / 10 / len(behind)] * len(behind),
            tier,
        )
    return codebook.with_heads(heads)


def _own(texts: Sequence[str], tier: str) -> np.ndarray:
    """The model's own log odds of its themes, −8 for a text without words."""
    from kapula.text.models.network import load

    clean = [prepare.readable(text or "")[: prepare.PIECE] for text in texts]
    some = [i for i, text in enumerate(clean) if not prepare.is_wordless(text)]
    own = np.full((len(texts), len(labels.THEMES)), -8.0)
    for i, reading in zip(some, load(tier).read([clean[i] for i in some]), strict=True):
        own[i] = reading.themes
    return own
