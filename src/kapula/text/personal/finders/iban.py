"""Bank accounts: IBAN by its check digits (ISO 13616, by python-stdnum), and the Finnish form before it by the words around.

An IBAN that fails its check is told by the words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum import iban

from kapula.text.personal.contract import Finder, Span, said_before

_SHAPE: Final = re.compile(
    r"(?:(?<![0-9A-Za-z])|(?<=[Ii][Bb][Aa][Nn])|(?<=[Tt][Ii][Ll][Ii])|(?<=numero)|(?<=konto)|(?<=nro))"
    r"[A-Za-z]{2}(?P<apart>[ -]?)[0-9]{2}(?:[ -]?[0-9A-Za-z]){11,30}"
)
_OLD: Final = re.compile(r"(?<![0-9A-Za-z-])[1-8][0-9]{5}-[0-9]{2,8}(?![0-9A-Za-z-])")
_WORDS: Final = re.compile(r"tili|iban|konto|account|maks|palaut|betal|refund|pay")
_LENGTHS: Final = {
    "AT": 20, "BE": 16, "CH": 21, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "HU": 28,
    "IE": 22, "IT": 27, "LT": 20, "LV": 21, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24,
}  # fmt: skip


def find(text: str, language: str) -> Iterator[Span]:
    found = _SHAPE.search(text)
    while found is not None:
        end = _account(text, found)
        if end is not None:
            yield found.start(), end
        # What follows an account may be another one, and a word and a number may only look like the head of one.
        found = _SHAPE.search(text, found.start() + 2 if end is None else end)
    for old in _OLD.finditer(text):
        if said_before(text, old.start(), _WORDS):
            yield old.span()


def _account(text: str, found: re.Match[str]) -> int | None:
    """Where the account ends, if it is one."""
    length = _LENGTHS.get(found.group()[:2].upper())
    end = None if length is None else _end(text, found.start(), found.end(), length)
    if end is None or iban.is_valid(text[found.start() : end], check_country=False):
        return end
    # "se 21 …" is rather a Finnish word and a number than a mistyped Swedish account.
    meant = not found["apart"] or found.group()[:2].isupper()
    return end if meant and said_before(text, found.start(), _WORDS) else None


def _end(text: str, start: int, limit: int, length: int) -> int | None:
    """Where the ``length``-th letter or digit after ``start`` ends, if the account ends there."""
    counted = 0
    for at in range(start, limit):
        counted += text[at].isalnum()
        if counted == length:
            ends = at + 1 == len(text) or not text[at + 1].isalnum()
            return at + 1 if ends else None
    return None


FINDER: Final = Finder("iban", "digit", find)
