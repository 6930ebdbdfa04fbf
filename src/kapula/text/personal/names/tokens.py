"""Words of a text as the finder of names sees them."""

from __future__ import annotations

import re
from typing import Final

from kapula.text.personal.names.signs import meaning

WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’\u2010\u2011][^\W\d_]+)*")
_GENITIVE: Final = re.compile(r"['’][sS]\Z")
_STOPS: Final = frozenset(".!?\n\r…•;>*|")
_SHORTENED: Final = frozenset(
    [
    "t", "terv", "yst", "hra", "rva", "nti", "tri", "dr", "mr", "mrs", "ms", "prof", "ins", "os", "puh", "nro",
    "mvh", "dipl", "fr", "st", "v",
]
)  # fmt: skip
_LONGEST: Final = 60


class Word:
    """``capital``: its capital letter means something; ``head``: it begins a sentence; ``gap``: what stands before it."""

    __slots__ = ("capital", "end", "flags", "gap", "head", "low", "start", "text")

    def __init__(self, text: str, start: int, end: int, gap: str, head: bool) -> None:
        self.text, self.start, self.end, self.gap, self.head = text, start, end, gap, head
        self.low = text.lower()
        self.flags = meaning(self.low) if len(text) <= _LONGEST else 0
        self.capital = text[0].isupper()


def split(text: str) -> list[Word]:
    """The words of ``text`` in order; -'s is not of the word."""
    words: list[Word] = []
    last, before = 0, ""
    for found in WORD.finditer(text):
        start, end = found.span()
        word = found.group()
        if len(word) > 3 and word[-2] in "'’" and _GENITIVE.search(word):
            word, end = word[:-2], end - 2
        gap = text[last:start] if start - last < 8 else text[start - 8 : start]
        head = not words or (not _STOPS.isdisjoint(gap) and not (before in _SHORTENED and gap in {". ", "."}))
        one = Word(word, start, end, gap, head)
        words.append(one)
        last, before = end, one.low
    return words


def weigh_capitals(words: list[Word]) -> bool:
    """Take back the meaning of capitals where they have none; True if the text has none that mean anything.

    A text in capitals, or with one on every word, tells nothing by them; nor does a single word in capitals.
    """
    longer = [word for word in words if len(word.text) > 1]
    shouted = sum(word.text.isupper() for word in longer)
    capitals = sum(word.capital for word in longer)
    if len(longer) >= 3 and (shouted > 0.7 * len(longer) or (len(longer) >= 6 and capitals > 0.75 * len(longer))):
        for word in words:
            word.capital = False
        return True
    if shouted:
        for word in longer:
            if word.text.isupper() and len(word.text) > 1:
                word.capital = False
    return not any(word.capital for word in words)
