"""The finders, in the order in which they win: where two find the same characters, the earlier one says what they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kapula.text.personal.contract import Finder
from kapula.text.personal.finders import address, business_id, email, hetu, iban, name, order_no, phone, plate, spoken

FINDERS: Final[tuple[Finder, ...]] = (
    email.FINDER,
    hetu.FINDER,
    iban.FINDER,
    business_id.FINDER,
    address.FINDER,
    order_no.FINDER,
    phone.FINDER,
    spoken.FINDER,
    plate.FINDER,
    name.FINDER,
)

_DIGIT: Final = re.compile(r"[0-9]")
_AT: Final = re.compile(r"@|[(\[{ ](?:at|ät|a|miuku|snabel-a)[)\]} ]", re.IGNORECASE)
_ZERO: Final = re.compile(r"\b(?:noll|zero|oh\b)", re.IGNORECASE)

NEEDS: Final[dict[str, Callable[[str], object]]] = {
    "digit": _DIGIT.search,
    "at": _AT.search,
    "zero": _ZERO.search,
    "letter": bool,
}
"""What a text must hold for a finder to be asked at all."""
