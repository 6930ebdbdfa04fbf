"""Make any string readable sign for sign, so that every position still means the same place in the original."""

from __future__ import annotations

import re
from collections.abc import Iterator

TAG = re.compile(r"<[A-Za-z/!][^<>]{0,300}>")
UNREADABLE = re.compile(r"[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MARK = re.compile(r"[<>]")
END = re.compile(r"[.!?…\n]\s+|\n")

PIECE = 800  # characters read at once; a comment longer than this is read in parts
PARTS = 40  # parts read at most: 32,000 characters, some forty pages of a novel


def readable(text: str) -> str:
    """The same number of characters: tags, half surrogates, control and direction marks become spaces."""
    if "<" in text or ">" in text:
        text = TAG.sub(lambda found: " " * len(found.group()), text)
        text = MARK.sub(" ", text)
    return UNREADABLE.sub(" ", text)


def is_wordless(text: str) -> bool:
    """Nothing but spaces and punctuation. Emoji are not words, but they speak: they count as something."""
    return not any(sign.isalnum() or ord(sign) >= 0x2190 for sign in text[:20_000])


def parts(text: str) -> Iterator[tuple[int, str]]:
    """(Where it begins, the part): whole sentences, at most PIECE characters each, PARTS of them at most."""
    start = 0
    for _ in range(PARTS):
        if start >= len(text):
            return
        stop = _stop(text, start)
        yield start, text[start:stop]
        start = stop


def _stop(text: str, start: int) -> int:
    if len(text) - start <= PIECE:
        return len(text)
    window = text[start : start + PIECE]
    ends = [found.end() for found in END.finditer(window)]
    if ends:
        return start + ends[-1]
    space = window.rfind(" ")
    return start + (space + 1 if space > 0 else PIECE)
