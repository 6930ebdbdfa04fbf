"""Finnish personal identity codes (henkilötunnus), old and new century signs, temporary ones (900–999) too.

The check character is computed by python-stdnum; a code that fails it is still told by the words before it, for people mistype.
Letters may be stuck to it ("hetu131052-308T"): the check tells all the same.
Source: https://dvv.fi/en/personal-identity-code. A Swedish personnummer is told by its words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum.fi import hetu

from kapula.text.personal.contract import Finder, Span, said_before

_CODE: Final = re.compile(
    r"(?<![0-9])(?P<day>[0-3][0-9])(?P<month>[01][0-9])(?P<year>[0-9]{2}) ?(?P<sign>[-+A-FU-Ya-fu-y\u2010-\u2015\u2212])"
    r" ?(?P<number>[0-9]{3}) ?(?P<check>[0-9A-FHJ-NPR-Ya-fhj-npr-y])(?P<more>(?=[^\W\d_]))?(?![0-9])"
)
_BARE: Final = re.compile(r"(?<![0-9])[0-3][0-9][01][0-9]{3}[0-9]{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y](?![0-9A-Za-z])")
_SWEDISH: Final = re.compile(r"(?<![0-9])(?:19|20)?[0-9]{2}[01][0-9][0-3][0-9][-+ ]?[0-9]{4}(?![0-9A-Za-z])")
_WORDS: Final = re.compile(
    r"hetu|henkilö-?tunnu|henk\.? ?tunnu|sosiaaliturvatunnu|sotu|\bht:|tunnukse|personbeteckn|personsignum|personnummer|"
    r"identity code|personal code|social security|\bssn\b|\bsynt"
)
_DASHES: Final = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")


def find(text: str, language: str) -> Iterator[Span]:
    for found in _CODE.finditer(text):
        said = found["more"] is None and _dated(found) and said_before(text, found.start(), _WORDS)
        if said or _checked(found):
            yield found.span()
    for pattern in (_BARE, _SWEDISH):
        for found in pattern.finditer(text):
            if said_before(text, found.start(), _WORDS):
                yield found.span()


def _checked(found: re.Match[str]) -> bool:
    sign = "-" if found["sign"] in _DASHES else found["sign"].upper()
    code = f"{found['day']}{found['month']}{found['year']}{sign}{found['number']}{found['check'].upper()}"
    return bool(hetu.is_valid(code, allow_temporary=True))


def _dated(found: re.Match[str]) -> bool:
    return 1 <= int(found["day"]) <= 31 and 1 <= int(found["month"]) <= 12


FINDER: Final = Finder("hetu", "digit", find)
