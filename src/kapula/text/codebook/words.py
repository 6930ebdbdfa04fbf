"""What a theme's example phrases say word by word: the words among them that few other comments use.

An embedding knows what phrases are like, but not that *parkki* is the point of a theme and *löytynyt* is not: with three phrases a head
on embeddings alone has an F1 of 0.10 on fourteen matters of the corpus that one word tells (parking, lift, receipt …), with their words
0.52 (docs/text/analysis.md). A word counts for its rarity (Spärck Jones 1972, Journal of Documentation 28, 11–21), by its stem.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from kapula.text import prepare, stems

GAIN: Final = 4.0
"""Log odds of a word that is as telling as words are."""
COMMON: Final = 3.0
"""ln(comments / comments with the word): from here on a word tells something …"""
RARE: Final = 5.0
"""… and from here on it tells all it can."""
OF: Final = ("a", "b", "c", "d", "e")
"""By these authors of the corpus: what is written later does not move themes of the same version."""
MOST: Final = 1500
Telling = Mapping[str, Mapping[str, float]]
"""Language → stem → 0…1."""


@lru_cache(maxsize=64)
def telling(examples: tuple[str, ...], tier: str = "careful") -> Telling:
    """The telling words of the phrases, each in the language its phrase is in."""
    from kapula.text.models.network import load

    phrases = [text for text in map(prepare.readable, examples) if not prepare.is_wordless(text)]
    found: dict[str, dict[str, float]] = {}
    for phrase, reading in zip(phrases, load(tier).read(phrases) if phrases else (), strict=True):
        language = language_of(int(reading.logits["language"].argmax()))
        for word in stems.words(phrase, language):
            for stem in (word.stem.main, *word.stem.parts):
                found.setdefault(language, {})[stem] = weight(stem, language)
    return {language: {stem: one for stem, one in some.items() if one > 0} for language, some in found.items()}


def language_of(place: int) -> str:
    """The language whose stems are used for the network's ``place``: what is mixed or another is read as Finnish."""
    return stems.LANGUAGES[place] if place < len(stems.LANGUAGES) else stems.LANGUAGES[0]


def log_odds(text: str, language: str, told: Telling) -> float:
    """0 without a telling word, GAIN with the most telling kind."""
    return GAIN * max((one for _, _, one in said(text, language, told)), default=0.0)


def said(text: str, language: str, told: Telling) -> Iterator[tuple[int, int, float]]:
    """(Start, end, how telling) of every telling word of the text."""
    known = told.get(language)
    if not known:
        return
    for word in stems.words(text, language):
        one = max((known.get(stem, 0.0) for stem in _stems(word.stem)), default=0.0)
        if one > 0:
            yield word.start, word.end, one


def weight(stem: str, language: str) -> float:
    n, counts = _frequencies(language)
    rarity = math.log((n + 1) / (counts[stem] + 1))
    return min(1.0, max(0.0, (rarity - COMMON) / (RARE - COMMON)))


def _stems(stem: stems.Stem) -> Sequence[str]:
    return (*stem.readings, *stem.parts)


@lru_cache(maxsize=3)
def _frequencies(language: str) -> tuple[int, Counter[str]]:
    """(Comments of the corpus in the language, in how many of them each stem is)."""
    from kapula.text.corpus import load as corpus

    every = corpus(language, OF)
    chosen = every[:: max(1, len(every) // MOST)]
    counts: Counter[str] = Counter()
    for one in chosen:
        counts.update({stem for word in stems.words(one.text, language) for stem in _stems(word.stem)})
    return len(chosen), counts
