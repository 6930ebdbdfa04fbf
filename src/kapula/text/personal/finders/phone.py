"""Telephone numbers as people write them: 040 555 0199, 0450-778 120, (09) 123 4567, +358 (0)40 1234567, o40 1234567.

What begins with + or 00 is judged by phonenumbers (Google's libphonenumber); Finnish numbers by their prefixes and length, for spaces
fall anywhere; Swedish and English ones by phonenumbers where the language or the words say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import phonenumbers

from kapula.text.personal.contract import Finder, Span, said_before

_SHAPE: Final = re.compile(
    r"(?<![\w+.,:/-])(?:\(?\+|\(?[0oO](?=[0-9 ()-]))[0-9 ()\u00a0/.\u2010-\u2015-]{5,24}[0-9](?![\w%€])"
)
_BARE: Final = re.compile(r"(?<![\w+.,:/-])[1-9][0-9](?:[ \u00a0-]{0,3}[0-9]){4,11}(?![\w%€]|[.,-][0-9])")
_SAID: Final = re.compile(
    r"(?:puh\w*|p\.|gsm|soit\w+|tavoit\w+|whatsapp\w*|wa|tel\w*|ring\w*|call\w*|phone|mobile|mobil\w*|text|sms|numero(?:on|ni|sta)|\bnumber)"
    r"[\s:.,=]*(?:(?:numero\w*|nro|nr|number|no|on|is|är|mig|me|minulle|mulle|us|på|to|at|takaisin|back|my|mun|our)[\s:.,=]*){0,4}\Z"
)
_PRODUCT: Final = re.compile(
    r"(?:malli|tuote|osa|sarja|versio|ean|model|part|product|artikel|serie)[\w-]*[\s:.]*(?:n(?:ume)?ro|number|nr|no)?[\s:.]*\Z"
)
_DATE: Final = re.compile(
    r"\(?[0-3]?[0-9]([./-])[01]?[0-9]\1(?:19|20)?[0-9]{2}(?![0-9])|[0-9]{1,2}\.[0-9]{1,2}\.?(?:\s|$)|[0-9]{1,2}\.[0-9]{2}-"
)
_MOBILE: Final = re.compile(r"0(?:4[0-9]|50)")
_SHAPES: Final = {"en": re.compile(r"0[1-9][0-9]{9}"), "sv": re.compile(r"07[0-9]{8}")}
"""Numbers at home in the language, for registers of numbers do not know reserved and new ones."""
_AMERICAN: Final = re.compile(
    r"(?<![\w+.,:/-])(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[-. ])[0-9]{3}[-. ][0-9]{4}(?![\w%-])"
)
_SERVICE: Final = ("0800", "0700", "0600", "0606", "0100", "0200", "0202", "0203", "0208")
_ELSEWHERE: Final = {"sv": ("SE",), "en": ("GB", "US", "SE")}


def find(text: str, language: str) -> Iterator[Span]:
    last = 0
    for found in _SHAPE.finditer(text):
        if _DATE.match(found.group()) or said_before(text, found.start(), _PRODUCT):
            continue
        said = said_before(text, found.start(), _SAID)
        end = _end(found.group(), language, said)
        if end is not None:
            last = found.start() + end
            yield found.start() + (found.group()[0] == "(" and ")" not in found.group()), last
    if language == "en":
        yield from (found.span() for found in _AMERICAN.finditer(text))
    for found in _BARE.finditer(text):
        if found.start() >= last and said_before(text, found.start(), _SAID):
            yield found.span()


def _end(written: str, language: str, said: bool) -> int | None:
    """Where the longest beginning of ``written`` that is a number ends; digits after it may belong to what follows."""
    ends = [found.end() for found in re.finditer(r"[0-9]+", written)]
    for end in reversed(ends):
        digits = _digits(written[:end])
        if _is_number(digits, language, said) or (end == ends[-1] and _long_mobile(written, digits)):
            return end
    return None


def _long_mobile(written: str, digits: str) -> bool:
    """Eleven digits are a mobile number's if the last of them stand together; one or two are of what follows."""
    return len(digits) == 11 and _MOBILE.match(digits) is not None and re.search(r"[0-9]{3}\Z", written) is not None


def _digits(written: str) -> str:
    """+358 (0)40 … → +35840…; a letter o at the head is a zero."""
    written = re.sub(r"(?<=[0-9]) ?\(0\)", "", written)
    if written[:1] in "oO":
        written = "0" + written[1:]
    kept = "".join(character for character in written if character in "0123456789+")
    return "+" + kept[2:] if kept.startswith("00") else kept


@lru_cache(maxsize=4096)
def _is_number(digits: str, language: str, said: bool) -> bool:
    if digits.startswith("+"):
        return _known(digits, None, said)
    if digits.startswith(_SERVICE):
        return False
    if _MOBILE.match(digits):
        return 7 <= len(digits) <= (11 if digits.startswith(("0457", "049")) else 10)
    shape = _SHAPES.get(language)
    if shape is not None and shape.fullmatch(digits):
        return True
    if said and digits.startswith("0") and 7 <= len(digits) <= 11:
        return True
    return _known(digits, "FI", False) or any(_known(digits, region, said) for region in _ELSEWHERE.get(language, ()))


def _known(digits: str, region: str | None, loosely: bool) -> bool:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return False
    if region is None and number.country_code == 358:
        return 6 <= len(str(number.national_number)) <= 10
    return phonenumbers.is_valid_number(number) or (loosely and phonenumbers.is_possible_number(number))


FINDER: Final = Finder("phone", "digit", find)
