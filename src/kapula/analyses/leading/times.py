"""Given times as days: which kind of period they name, how far apart they are, and the number of a day's period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

from kapula.errors import ColumnTypeError
from kapula.trends.periods import _PATTERNS, period_start


def days_of(times: Sequence[Any], column: str) -> tuple[list[date], str | None]:
    """The first day of each time, and the kind of period when the times are labels of periods."""
    if all(isinstance(value, date) for value in times):
        return [value.date() if isinstance(value, datetime) else value for value in times], None
    if not all(isinstance(value, str) for value in times):
        raise unusable(column, type(times[0]).__name__)
    texts = [value.strip() for value in times]
    for kind, pattern in _PATTERNS.items():
        if all(pattern.fullmatch(text) for text in texts):
            return [period_start(text, kind) for text in texts], None if kind == "day" else kind
    try:
        return [datetime.fromisoformat(text).date() for text in texts], None
    except ValueError as error:
        raise unusable(column, "text") from error


def spacing_of(days: Sequence[date]) -> str:
    """The coarsest period whose every first day the days could be."""
    different = sorted(set(days))
    if len(different) < 2:
        return "day"
    gaps = np.diff([day.toordinal() for day in different])
    if len({day.day for day in different}) == 1 and gaps.min() >= 28:
        months = np.diff([12 * day.year + day.month for day in different])
        step = int(np.gcd.reduce(months))
        return "year" if step % 12 == 0 else "quarter" if step % 3 == 0 else "month"
    return "week" if np.gcd.reduce(gaps) % 7 == 0 else "day"


def number_of(day: date, grain: str) -> int:
    if grain == "day":
        return day.toordinal()
    if grain == "week":
        return (day.toordinal() - 1) // 7
    months = 12 * day.year + day.month - 1
    return months // {"month": 1, "quarter": 3, "year": 12}[grain]


def unusable(column: str, kind: str) -> ColumnTypeError:
    return ColumnTypeError(
        f"The times in {column!r} cannot be put in order.",
        hint="Give dates, ISO periods such as 2026-W05 or 2026-01, or whole numbers.",
        column=column,
        type=kind,
        expected="date",
    )
