"""How figures are written: the true minus sign, the decimal comma, unbreakable units, intervals and differences in words.

Every function takes plain numbers and gives text in the active language. Units are the library's: "points", "share" (0…1), "scale", "raw".
"""

from __future__ import annotations

import math
from typing import Final

from django.utils.formats import get_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

MINUS: Final = "\N{MINUS SIGN}"
NBSP: Final = "\N{NO-BREAK SPACE}"
DASH: Final = "\N{EN DASH}"
NO_VALUE: Final = "–"
DIGITS: Final = {"points": 0, "share": 0, "scale": 2}


def number(value: float | None, digits: int | None = None) -> str:
    """A number as people of the language write it. Without ``digits``: whole numbers whole, others with up to two decimals."""
    if value is None or not math.isfinite(value):
        return NO_VALUE
    if digits is None:
        digits = 0 if float(value).is_integer() or abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
        text = f"{abs(value):,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if digits else text
    else:
        text = f"{abs(value):,.{digits}f}"
    negative = value < 0 and any(figure in text for figure in "123456789")  # −0 is 0
    whole, _dot, decimals = text.partition(".")
    whole = whole.replace(",", str(get_format("THOUSAND_SEPARATOR")))
    return (MINUS if negative else "") + whole + (f"{get_format('DECIMAL_SEPARATOR')}{decimals}" if decimals else "")


def percent(value: float | None, digits: int = 0) -> str:
    """A share (0…1) as "74 %", in English "74%"."""
    return NO_VALUE if value is None else number(100 * value, digits) + percent_sign()


def percent_sign() -> str:
    """What follows the number: "\u00a0%", in English "%"."""
    return "%" if (get_language() or "fi").startswith("en") else f"{NBSP}%"


def measure_value(value: float | None, unit: str, digits: int | None = None) -> str:
    """A measure's value in its unit: points "18", share "74 %", scale "4,12", raw as a number."""
    if unit == "share":
        return percent(value, digits or 0)
    return number(value, DIGITS.get(unit) if digits is None else digits)


def interval(low: float | None, high: float | None, unit: str, digits: int | None = None) -> str:
    """ "15–21", "71–77 %"; with a negative end "−3…5", in English "−3 to 5": a dash beside a minus cannot be read."""
    if low is None or high is None:
        return NO_VALUE
    places = (digits or 0) if unit == "share" else DIGITS.get(unit) if digits is None else digits
    factor = 100 if unit == "share" else 1
    first, last = number(factor * low, places), number(factor * high, places)
    negative = MINUS in first + last
    joint = DASH if not negative else " to " if (get_language() or "fi").startswith("en") else "…"
    return first + joint + last + (percent_sign() if unit == "share" else "")


def amount(value: float, unit: str, digits: int | None = None) -> str:
    """How much a figure differs, without direction: "6 pistettä", "5 %-yksikköä", "0,12"."""
    size = abs(value)
    if unit == "share":
        shown = number(100 * size, digits or 0)
        return ngettext("%(n)s %%-yksikkö", "%(n)s %%-yksikköä", _plural(100 * size, digits or 0)) % {"n": shown}
    if unit == "points":
        shown = number(size, digits or 0)
        return ngettext("%(n)s piste", "%(n)s pistettä", _plural(size, digits or 0)) % {"n": shown}
    return number(size, DIGITS.get(unit) if digits is None else digits)


def _plural(size: float, digits: int) -> int:
    return 1 if round(size, digits) == 1 else 2


def direction(value: float | None, sure: bool) -> str:
    """ "up" or "down" for a sure difference, else "": what is not surely different is drawn in grey."""
    return "" if value is None or not sure or value == 0 else "up" if value > 0 else "down"


def tone(value: float | None, sure: bool, higher_is_better: bool = True) -> str:
    """The colour of a difference: "up" for a sure change to the better, "down" to the worse, "" otherwise."""
    way = direction(value, sure)
    return way if higher_is_better or not way else {"up": "down", "down": "up"}[way]


def status_words(value: float | None, unit: str, sure: bool, digits: int | None = None) -> str:
    """ "▲ 6 pistettä, varma muutos", or "ei selvää muutosta" when the interval of the difference holds zero."""
    if value is None:
        return _("ei vertailtavaa")
    way = direction(value, sure)
    if not way:
        return _("ei selvää muutosta")
    if digits is None and unit in {"points", "share"} and _rounds_to_nothing(value, unit):
        digits = 1
    sign = "▲" if way == "up" else "▼"
    return _("%(sign)s %(amount)s, varma muutos") % {"sign": sign, "amount": amount(value, unit, digits)}


def _rounds_to_nothing(value: float, unit: str) -> bool:
    return round(abs(value) * (100 if unit == "share" else 1)) == 0


def count_words(n: int | None) -> str:
    """ "n = 1 204"."""
    return NO_VALUE if n is None else pgettext("otoskoko", "n = %(n)s").replace(" ", NBSP) % {"n": number(n, 0)}
