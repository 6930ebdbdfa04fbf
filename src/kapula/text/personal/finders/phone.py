"""Telephone numbers as people write them: 040 555 0199, 0450-778 120, (09) 123 4567, +358 (0)40 1234567, o40 1234567.

What begins with + or 00 is judged by phonenumbers (Google's libphonenumber); Finnish numbers by their prefixes and length, for spaces
fall anywhere; Swedish and English ones by phonenumbers where the language or the words say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

import phonenumbers

from kapula.text.personal.contract import Finder, Span, said_before

_FREE: Final = r"(?<![0-9+])(?<![0-9][.,:/-])"
"""Not inside a longer number, an amount, a date or a time. A letter or mark may stand before: "puh.040 …", "/040 …/"."""
_FORM: Final = (
    r"(?:\(?\+|\(?0|(?<![^\W_])[oO](?=[0-9 ()-]))[0-9 ()/._\n·\u2010-\u2015-]{5,24}[0-9](?!(?![a-zåäö]{3})[^\W_]|[%€])"
)
_AFTER_DIGIT: Final = r"(?<=[0-9][,/-])(?=0(?:4[0-9]|50)[0-9]{6,7}(?![0-9]))"
"""A mobile number written together is one even there: "klo 9-16,0401234567". No amount has so many decimals."""
_SHAPE: Final = re.compile(rf"(?:{_FREE}|{_AFTER_DIGIT})(?P<number>{_FORM})")
_LISTED: Final = re.compile(rf"[ ,;/|&.\n-]{{1,3}}(?P<number>{_FORM})")
"""The next of a list. A comma after digits tells an amount elsewhere; after a telephone number it does not."""
_ANOTHER: Final = re.compile(r"(?<![0-9])0(?:4[0-9]|50)(?:[ -]?[0-9]){6,8}(?![0-9])")
_GLUED: Final = re.compile(
    r"(?<![^\W\d_])(?:puh\w{0,10}|p|gsm|soit\w{1,8}|tel\w{0,8}|nr?o?|numero\w{0,6}|whatsapp|wa|mob\w{0,6}|känny\w{0,6}|teks\w{1,8}|"
    r"ring|call|phone|text|sms)-?\Z"
)
_BARE: Final = re.compile(rf"(?<![\w+-]){_FREE}[1-9][0-9](?:[ -]{{0,3}}[0-9]){{4,11}}(?![\w%€]|[.,-][0-9])")
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
    rf"(?<![\w+-]){_FREE}(?:\([2-9][0-9]{{2}}\) ?|[2-9][0-9]{{2}}[-. ])[0-9]{{3}}[-. ][0-9]{{4}}(?![\w%-])"
)
_SERVICE: Final = ("0800", "0700", "0600", "0606", "0100", "0200", "0202", "0203", "0208")
_ELSEWHERE: Final = {"sv": ("SE",), "en": ("GB", "US", "SE")}


def find(text: str, language: str) -> Iterator[Span]:
    last = 0
    for start, last in _written(text, language):
        yield start, last
    if language == "en":
        yield from (found.span() for found in _AMERICAN.finditer(text))
    for found in _BARE.finditer(text):
        if found.start() >= last and said_before(text, found.start(), _SAID):
            yield found.span()


def _written(text: str, language: str) -> Iterator[Span]:
    """Numbers that begin with a zero or a plus, one after another: a list of them has the form of one that is too long."""
    found = _SHAPE.search(text)
    while found is not None:
        start, end = found.span("number")
        stop = _judged(text, start, found["number"], language)
        if stop is None:
            found = _SHAPE.search(text, _go_on(text, start, end))
        else:
            yield start + (text[start] == "(" and ")" not in text[start:end]), stop
            found = _LISTED.match(text, stop) or _SHAPE.search(text, stop)


def _go_on(text: str, start: int, end: int) -> int:
    """After what is no number: where one may begin inside it, else its end."""
    another = _ANOTHER.search(text, start + 1, end + 1)
    return another.start() if another is not None else end


def _judged(text: str, start: int, written: str, language: str) -> int | None:
    """Where the number that begins at ``start`` ends; None if it is none."""
    if _DATE.match(written) or said_before(text, start, _PRODUCT) or _is_of_word(text, start):
        return None
    end = _end(text, start, written, language, said_before(text, start, _SAID))
    return None if end is None else start + end


def _is_of_word(text: str, start: int) -> bool:
    """After letters (and a dash) it is the rest of a code, unless they say that a telephone number comes: "puh0401234567"."""
    before = text[max(0, start - 2) : start].removesuffix("-")[-1:]
    return before.isalpha() and _GLUED.search(text[max(0, start - 20) : start].lower()) is None


def _end(text: str, start: int, written: str, language: str, said: bool) -> int | None:
    """Where the longest beginning of ``written`` that is a number ends; digits after it may belong to what follows."""
    groups = list(re.finditer(r"[0-9]+", written))
    chosen = None
    for group in reversed(groups):
        end = group.end()
        digits = _digits(written[:end])
        if "\n" in written[:end] and not (said or digits[0] == "+" or _MOBILE.match(digits)):
            continue
        if _is_number(digits, language, said) or (group is groups[-1] and _long_mobile(written, digits)):
            chosen = end
            break
    return chosen if chosen is None else _before_another(text, start, written, chosen, groups, language, said)


def _before_another(
    text: str, start: int, written: str, end: int, groups: list[re.Match[str]], language: str, said: bool
) -> int:
    """A whole mobile number after a whole number is the next one: +358 9 123 456 040 123 4567."""
    for before, group in pairwise(groups):
        whole = group.start() < end and _ANOTHER.match(text, start + group.start()) is not None
        if whole and _is_number(_digits(written[: before.end()]), language, said):
            return before.end()
    return end


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
