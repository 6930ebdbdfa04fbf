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
    """``text`` to be read, and where each of its characters begins and ends in the original; None: in the same places."""

    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        return (start, end) if self.starts is None or self.ends is None else (self.starts[start], self.ends[end - 1])


def read(text: str) -> Read:
    """Most texts are read as they stand."""
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and not _INVISIBLE.search(text)):
        return Read(text)
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and end - start < _MARKS and unicodedata.combining(text[end]):
            end += 1
        piece = _INVISIBLE.sub("", unicodedata.normalize("NFC", text[start:end]))
        pieces.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
        start = end
    return Read("".join(pieces), starts, ends)
