"""Sizes of changes and their intervals in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.kit import figures


def change(value: float, unit: str) -> str:
    """A change with its sign and unit: "+6 pistettä", "−0,12"."""
    size = figures.amount(
        value, unit, 1 if unit in ("points", "share") and abs(value) < (1 if unit == "points" else 0.01) else None
    )
    return f"{figures.MINUS if value < 0 else '+'}{size}"


def between(found: Mapping[str, Any], name: str) -> str:
    """The interval of a part: "−15…−12"."""
    return span(found[f"{name}_low"], found[f"{name}_high"], found["unit"])


def span(low: float | None, high: float | None, unit: str) -> str:
    """An interval of changes; of shares in percentage points: "−17…−14 %-yksikköä"."""
    if unit != "share" or low is None or high is None:
        return figures.interval(low, high, unit)
    digits = 0 if max(abs(low), abs(high)) >= 0.02 else 1
    return gettext("%(range)s %%-yksikköä") % {"range": figures.interval(100 * low, 100 * high, "points", digits)}


def size_of(found: Mapping[str, Any], name: str) -> str:
    """The interval of a sure part as sizes, to stand after "laski" or "nousi": "11–16"."""
    low, high = found[f"{name}_low"], found[f"{name}_high"]
    if low is None or high is None or low * high < 0:
        return between(found, name)
    return span(min(abs(low), abs(high)), max(abs(low), abs(high)), found["unit"])


Found = Mapping[str, Any]


def factor_of(found: Found) -> float:
    return 100.0 if found["unit"] == "share" else 1.0


def digits_of(unit: str) -> int | None:
    return 1 if unit in ("points", "share") else None


def signed(value: float | None, unit: str) -> str:
    if value is None:
        return figures.NO_VALUE
    return words.signed(100 * value if unit == "share" else value, digits_of(unit) or 2)
