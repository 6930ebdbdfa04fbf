"""Quotes that represent: near the middle of what is said, unlike each other, of a readable length, and without personal data.

Choice: maximal marginal relevance, Carbonell & Goldstein (1998), SIGIR. The same comments give the same quotes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.text.corpus import Personal
from kapula.text.personal import find, mask

SHORT: Final = 25
LONG: Final = 220
"""Characters: a quote within these is easy to read; the further outside, the less it is wanted."""
LONGEST: Final = 320
CENTRAL: Final = 0.7
"""How much being central weighs against being unlike the quotes already chosen."""
TWICE: Final = 0.97
"""Cosine from which two comments say the same in the same words."""
SHARED: Final = 0.8
"""Share of the shorter one's words from which it says what the other says: a slip of the keys or a greeting makes no new quote."""
LOOKED_AT: Final = 60
_END: Final = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class Quote:
    """``place``: which of the comments it is from. ``text``: with personal data masked (``masked``), cut to whole sentences (``cut``)."""

    place: int
    text: str
    masked: bool
    cut: bool


def represent(
    texts: Sequence[str],
    embeddings: NDArray[np.float32],
    n: int = 3,
    *,
    languages: Sequence[str] | None = None,
    personal: Sequence[Sequence[Personal]] | None = None,
) -> tuple[Quote, ...]:
    """At most ``n`` quotes of these comments. ``embeddings``: (comments, directions), of unit length. ``personal``: the personal data of
    each, when it is already known; found here otherwise (in Finnish when ``languages`` is None)."""
    places = [place for place, text in enumerate(texts) if text and text.strip()]
    if not places or n < 1:
        return ()
    vectors = np.asarray(embeddings, dtype=np.float64)[places]
    middle = vectors.mean(axis=0)
    central = vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    wanted = central - np.array([_awkward(texts[place]) for place in places])
    # Rounded, so that the last bit of a sum does not choose; ties go to the shorter, then by the alphabet.
    order = sorted(
        range(len(places)), key=lambda i: (-round(float(wanted[i]), 6), len(texts[places[i]]), texts[places[i]])
    )
    looked = order[:LOOKED_AT]
    data = {i: _personal(places[i], texts, languages, personal) for i in looked}
    words = {i: set(re.findall(r"\w+", texts[places[i]].lower())) for i in looked}
    worth = {i: float(wanted[i]) - (0.3 if data[i] else 0.0) for i in looked}
    chosen: list[int] = []
    while len(chosen) < n:
        left = {
            i: _marginal(i, worth, vectors, chosen)
            for i in looked
            if i not in chosen and not _said(i, vectors, words, chosen)
        }
        if not left:
            break
        chosen.append(max(left, key=lambda i: (round(left[i], 6), -looked.index(i))))
    return tuple(_quote(places[i], texts[places[i]], data[i]) for i in chosen)


def _awkward(text: str) -> float:
    """0 for a readable length, up to 1 for a word or a page."""
    length = len(text.strip())
    if length < SHORT:
        return 0.5 * (SHORT - length) / SHORT
    return min(1.0, 0.25 * (length - LONG) / LONG) if length > LONG else 0.0


def _personal(
    place: int, texts: Sequence[str], languages: Sequence[str] | None, personal: Sequence[Sequence[Personal]] | None
) -> tuple[Personal, ...]:
    if personal is not None:
        return tuple(personal[place])
    return tuple(find(texts[place], languages[place] if languages is not None else "fi"))


def _marginal(i: int, worth: dict[int, float], vectors: NDArray[np.float64], chosen: list[int]) -> float:
    same = max((float(vectors[i] @ vectors[j]) for j in chosen), default=0.0)
    return CENTRAL * worth[i] - (1 - CENTRAL) * same


def _said(i: int, vectors: NDArray[np.float64], words: Mapping[int, set[str]], chosen: list[int]) -> bool:
    def alike(j: int) -> bool:
        shorter = min(len(words[i]), len(words[j]))
        return float(vectors[i] @ vectors[j]) >= TWICE or len(words[i] & words[j]) >= SHARED * max(1, shorter)

    return any(alike(j) for j in chosen)


def _quote(place: int, text: str, found: tuple[Personal, ...]) -> Quote:
    shown = " ".join((mask(text, found) if found else text).split())
    if len(shown) <= LONGEST:
        return Quote(place, shown, bool(found), False)
    kept = ""
    for sentence in _END.split(shown):
        if kept and len(kept) + 1 + len(sentence) > LONGEST:
            break
        kept = f"{kept} {sentence}".strip()
    kept = kept if len(kept) <= LONGEST else kept[:LONGEST].rsplit(" ", 1)[0]
    return Quote(place, f"{kept} …", bool(found), True)
