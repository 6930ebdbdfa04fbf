"""Make any string readable sign for sign, so that every position still means the same place in the original."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

TAG = re.compile(r"<[A-Za-z/!][^<>]{0,300}>")
UNREADABLE = re.compile(r"[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MARK = re.compile(r"[<>]")
END = re.compile(r"[.!?…\n]\s+|\n")

SENTENCE = re.compile(r"[.!?…]+\s+|\n+")
EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)|^[ \t]*(?:#{1,6}|[-–•>])[ \t]+", re.MULTILINE)
QUOTES = "\"'”“„«»’‘"
MARKS_OF_QUOTES = '"”“„«»'

PIECE = 800  # characters read at once; a comment longer than this is read in parts
PARTS = 40  # parts read at most: 32,000 characters, some forty pages of a novel


def readable(text: str) -> str:
    """The same number of characters: tags, half surrogates, control and direction marks become spaces, and so does what changes nothing of
    what is said: quotes around the whole, marks of emphasis and lists, and a sentence said again."""
    if "<" in text or ">" in text:
        text = TAG.sub(lambda found: " " * len(found.group()), text)
        text = MARK.sub(" ", text)
    return _once(_bare(UNREADABLE.sub(" ", text)))


def _bare(text: str) -> str:
    """Without the quotes around the whole of it and the marks of emphasis and lists: a network takes praise in quotes for irony."""
    if EMPHASIS.search(text):
        text = EMPHASIS.sub(lambda found: " " * len(found.group()), text)
    first, last = len(text) - len(text.lstrip()), len(text.rstrip()) - 1
    if last - first > 1 and text[first] in QUOTES and text[last] in QUOTES:
        inside = text[first + 1 : last]
        if not any(sign in MARKS_OF_QUOTES for sign in inside):
            text = f"{text[:first]} {inside} {text[last + 1 :]}"
    return text


def _once(text: str) -> str:
    """A sentence said again word for word is blank: saying it twice makes no complaint a mixed one."""
    seen: set[str] = set()
    kept, at = [], 0
    for end in [*(found.end() for found in SENTENCE.finditer(text)), len(text)]:
        one = text[at:end]
        words = one.strip(" \n\t.!?…").casefold()
        kept.append(" " * len(one) if len(words) > 1 and words in seen else one)
        seen.add(words)
        at = end
    return "".join(kept)


def is_wordless(text: str) -> bool:
    """Nothing but spaces and punctuation. Emoji are not words, but they speak: they count as something."""
    return not any(sign.isalnum() or ord(sign) >= 0x2190 for sign in text[:20_000])


def latin(texts: Sequence[str]) -> float | None:
    """Of the letters, the share that are Latin ones; None without letters."""
    if all(text.isascii() or max(text) < "\u0250" for text in texts):
        return 1.0 if any(sign.isalpha() for text in texts for sign in text) else None
    letters = [sign for text in texts for sign in text if sign.isalpha()]
    return sum(sign < "\u0250" or "\u1e00" <= sign < "\u1f00" for sign in letters) / len(letters) if letters else None


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
