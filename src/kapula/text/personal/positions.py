"""Text as finders read it: composed letters (NFC), plain spaces and digits, invisible characters gone, with the way back to the text's
own positions."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from typing import Final

_INVISIBLE: Final = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff]")
"""Among them what makes a digit an emoji on a key (\ufe0f\u20e3)."""
_MARKS: Final = 8
"""How many combining marks a letter may take with it; more of them are no letter of any language."""
_SPACE_WRITTEN: Final = re.compile(
    r"&(?:nbsp|ensp|emsp|thinsp|numsp|#0{0,4}(?:32|160|8194|8195|8199|8201|8239)|#x0{0,4}(?:20|a0|2002|2003|2007|2009|202f));",
    re.IGNORECASE,
)
"""A space as a web page's source writes it. A form that escapes what it was given leaves such in a comment."""
_UNUSUAL: Final = re.compile(
    "[\t\x0b\x0c\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2212\u3000\uff01-\uff5e"
    "\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\U0001d7ce-\U0001d7ff]"
)
"""Spaces, dashes and digits of other alphabets and widths. One class without alternatives: it is asked of every character."""
_LINES: Final = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


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
    text = _UNUSUAL.sub(_usual, text)
    composed = text.isascii() or (unicodedata.is_normalized("NFC", text) and not _INVISIBLE.search(text))
    if composed and _SPACE_WRITTEN.search(text) is None:
        return Read(text)
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    start = 0
    while start < len(text):
        piece, end = _piece(text, start)
        pieces.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
        start = end
    return Read("".join(pieces), starts, ends)


def _usual(found: re.Match[str]) -> str:
    """The one character that is meant: a plain space, end of a line, dash or digit, a letter of usual width."""
    sign = found.group()
    if sign in _LINES:
        return "\n"
    if sign.isspace():
        return " "
    if sign == "\u2212":
        return "-"
    if "\uff01" <= sign <= "\uff5e":
        return chr(ord(sign) - 0xFEE0)
    return str(unicodedata.decimal(sign))


def _piece(text: str, start: int) -> tuple[str, int]:
    """What stands at ``start``, as it is read, and where it ends."""
    if text[start] == "&" and (space := _SPACE_WRITTEN.match(text, start)) is not None:
        return " ", space.end()
    end = start + 1
    while end < len(text) and end - start < _MARKS and unicodedata.combining(text[end]):
        end += 1
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text[start:end])), end
