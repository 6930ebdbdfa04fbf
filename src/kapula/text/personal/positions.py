"""Text as finders read it: composed letters (NFC), invisible characters gone, with the way back to the text's own positions."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from typing import Final

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MARKS: Final = 8
"""How many combining marks a letter may take with it; more of them are no letter of any language."""


@dataclass(frozen=True, slots=True)
class Read:
    """``text`` to be read, and for each of its characters (and its end) where it begins in the original; None: the same place."""

    text: str
    at: array[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        return (start, end) if self.at is None else (self.at[start], self.at[end])


def read(text: str) -> Read:
    """Most texts are read as they stand."""
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and not _INVISIBLE.search(text)):
        return Read(text, None)
    pieces: list[str] = []
    at = array("q")
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and end - start < _MARKS and unicodedata.combining(text[end]):
            end += 1
        piece = _INVISIBLE.sub("", unicodedata.normalize("NFC", text[start:end]))
        pieces.append(piece)
        at.extend([start] * len(piece))
        start = end
    at.append(len(text))
    return Read("".join(pieces), at)
