"""E-mail addresses, also as people write them to hide from robots: "liisa(at)firma.fi", "liisa.m @ firma.fi", "liisa at firma piste fi"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kapula.text.personal.contract import Finder, Span, said_before

_AT: Final = re.compile(
    r"\s?(?:@|\((?:at|ät|a|miuku)\)|\[(?:at|ät)\]|\{at\})\s?|\s(?:at|ät|miuku|snabel-a)\s", re.IGNORECASE
)
_LOCAL: Final = re.compile(r"(?:[\w.+%'-]{1,30} (?:piste|punkt|dot) ){0,2}[\w.+%'-]{1,64}\Z")
_DOT: Final = r"(?:\.|\s?[(\[](?:dot|piste|punkt)[)\]]\s?|\s(?:dot|piste|punkt)\s)"
_DOMAIN: Final = re.compile(
    rf"[^\W_][\w-]{{0,62}}(?:{_DOT}[^\W_][\w-]{{0,62}}){{0,4}}{_DOT}[^\W\d_]{{2,18}}(?![\w-])", re.IGNORECASE
)
_WORDS: Final = re.compile(r"posti|mail|epost|e-post|osoit|adress|\bmeil")


def find(text: str, language: str) -> Iterator[Span]:
    for found in _AT.finditer(text):
        domain = _DOMAIN.match(text, found.end())
        local = domain and _LOCAL.search(text, max(0, found.start() - 64), found.start())
        if local is None or domain is None:
            continue
        start = local.start() + len(local.group()) - len(local.group().lstrip(".-'%+"))
        if start < found.start() and (_sure(found.group()) or _meant(text, start, found.start())):
            yield start, domain.end()


def _sure(sign: str) -> bool:
    return any(character in sign for character in "@([{")


def _meant(text: str, start: int, end: int) -> bool:
    """A bare "at" joins an address only if what is before it looks like one, or the words say so."""
    return any(sign in text[start:end] for sign in "._0123456789 ") or said_before(text, start, _WORDS)


FINDER: Final = Finder("email", "at", find)
