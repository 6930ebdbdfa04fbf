"""Corrections teach: from people's labels to heads, with what they are worth measured on those kept aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kapula.text import labels, prepare
from kapula.text.codebook.codebook import Codebook, Head, Theme
from kapula.text.codebook.learn import background, background_parts, fit
from kapula.text.themes import Part, own_view

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

    read = _readings(texts, tier)
    embeddings = embed(texts, tier)
    behind, _ = background(tier)
    heads: dict[str, Head] = {}
    for code, told in corrections.items():
        rows = [i for i, one in enumerate(told) if one is not None]
        if len(rows) < LEAST or code not in codebook.codes:
            continue
        y = [bool(told[i]) for i in rows]
        theme = codebook.themes[codebook.codes.index(code)]
        own, besides = (
            [_own(part, theme, tier) for part in parts] for parts in ([read[i] for i in rows], background_parts(tier))
        )
        beside = [code in labels.THEMES and value > 0 for value in besides]
        heads[code] = fit(
            np.vstack([embeddings[rows], behind]),
            [*y, *beside],
            [*own, *besides],
            [1.0] * len(rows) + [len(rows) / 10 / len(behind)] * len(behind),
            tier,
        )
    return codebook.with_heads(heads)


def _own(part: Part | None, theme: Theme, tier: str) -> float:
    """The theme's own view of the text before anything is taught; −8 for one without words."""
    return -8.0 if part is None else own_view(part, theme, tier)


def _readings(texts: Sequence[str], tier: str) -> list[Part | None]:
    """What the model makes of each, None for a text without words."""
    from kapula.text.models.network import load

    clean = [prepare.readable(text or "")[: prepare.PIECE] for text in texts]
    some = [i for i, text in enumerate(clean) if not prepare.is_wordless(text)]
    told = dict(zip(some, load(tier).read([clean[i] for i in some]), strict=True))
    return [Part(0, text, told[i]) if i in told else None for i, text in enumerate(clean)]
