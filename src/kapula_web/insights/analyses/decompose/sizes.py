"""Sizes of changes and their intervals in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.kit import figures


def change(value: float, unit: str, digits: int | None = None) -> str:
    """A change with its sign and unit: "+6 pistettä", "−0,12"."""
    small = unit in ("points", "share") and abs(value) < (1 if unit == "points" else 0.01)
    size = figures.amount(value, unit, 1 if small and digits is None else digits)
    return f"{figures.MINUS if value < 0 else '+'}{size}"


def between(found: Mapping[str, Any], name: str, digits: int | None = None) -> str:
    """The interval of a part: "−15…−12"."""
    return span(found[f"{name}_low"], found[f"{name}_high"], found["unit"], digits)


def span(low: float | None, high: float | None, unit: str, digits: int | None = None) -> str:
    """An interval of changes; of shares in percentage points: "−17…−14 %-yksikköä"."""
    if unit != "share" or low is None or high is None:
        return figures.interval(low, high, unit, digits)
    if digits is None:
        digits = 0 if max(abs(low), abs(high)) >= 0.02 else 1
    return gettext("%(range)s %%-yksikköä") % {"range": figures.interval(100 * low, 100 * high, "points", digits)}


def size_of(found: Mapping[str, Any], name: str, digits: int | None = None) -> str:
    """The interval of a sure part as sizes, to stand after "laski" or "nousi": "11–16"."""
    low, high = found[f"{name}_low"], found[f"{name}_high"]
    if low is None or high is None or low * high < 0:
        return between(found, name, digits)
    return span(min(abs(low), abs(high)), max(abs(low), abs(high)), found["unit"], digits)


Found = Mapping[str, Any]


def factor_of(found: Found) -> float:
    return 100.0 if found["unit"] == "share" else 1.0


def fine(found: Found) -> int | None:
    """Decimals for the parts and the whole in one sentence: one more than usual where figures rounded apart would not add up."""
    usual = figures.DIGITS.get(found["unit"])
    if usual is None:
        return None
    within, mix, total = (round(factor_of(found) * found[name], usual) for name in ("within", "mix", "total"))
    return None if round(within + mix - total, usual) == 0 else usual + 1


def digits_of(unit: str) -> int | None:
    return 1 if unit in ("points", "share") else None


def level(value: float | None, unit: str) -> str:
    """A figure beside its changes: as fine as they are, for "23 → 21" and "−1" would contradict each other."""
    return figures.measure_value(value, unit, digits_of(unit))


def signed(value: float | None, unit: str) -> str:
    if value is None:
        return figures.NO_VALUE
    return words.signed(100 * value if unit == "share" else value, digits_of(unit) or 2)
