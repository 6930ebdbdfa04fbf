"""Finnish business ids (Y-tunnus) by their check digit, VAT numbers made of them, and mistyped ones by the words before.

Source: https://www.vero.fi/en/ ; the check is python-stdnum's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum.fi import ytunnus

from kapula.text.personal.contract import Finder, Span, said_before

_SHAPE: Final = re.compile(
    r"(?<![0-9A-Za-z-])(?P<vat>FI ?)?(?P<number>[0-9]{6,7}) ?(?P<dash>[-\u2010-\u2015])? ?(?P<check>[0-9])(?![0-9A-Za-z-])"
)
_WORDS: Final = re.compile(
    r"y-? ?tunnu|ly-? ?tunnu|yritystunnu|alv-? ?(?:tunnu|numero)|fo-? ?n(?:ummer|r)|\bfo\b|business id|company id|vat (?:id|no|number)|moms"
)


def find(text: str, language: str) -> Iterator[Span]:
    for found in _SHAPE.finditer(text):
        marked = found["dash"] is not None or found["vat"] is not None
        valid = marked and ytunnus.is_valid(found["number"].zfill(7) + found["check"])
        if valid or said_before(text, found.start(), _WORDS, 24):
            yield found.span()


FINDER: Final = Finder("business_id", "digit", find)
