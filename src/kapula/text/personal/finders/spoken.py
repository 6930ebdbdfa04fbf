"""Telephone numbers in words, as they are said: "nolla neljäsataa viis viis viis nolla kuus", "noll fem noll …", "oh seven seven …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kapula.text.personal.contract import Finder, Span

_FINNISH: Final = (
    r"nolla|yksi?|kaksi?|kolme?|neljä(?:sataa|kymmentä|kyt)?|neli|viisi?(?:kymmentä|kyt)?|kuusi?|"
    r"seit(?:se|te)män|seiska|kah?deksan|kaheksan|yh?deksän|yheksän"
)
_SWEDISH: Final = r"noll|ett|två|tre|fyra|fem|sex|sju|åtta|nio"
_ENGLISH: Final = r"zero|oh|one|two|three|four|five|six|seven|eight|nine|double"
_RUN: Final = re.compile(
    "|".join(
        rf"(?<![\w-])(?:{first})(?:[ ,-]{{1,3}}(?:{words})(?![\w-])){{5,14}}"
        for first, words in (("nolla", _FINNISH), ("noll", _SWEDISH), ("zero|oh", _ENGLISH))
    ),
    re.IGNORECASE,
)


def find(text: str, language: str) -> Iterator[Span]:
    for found in _RUN.finditer(text):
        yield found.span()


FINDER: Final = Finder("phone", "zero", find)
