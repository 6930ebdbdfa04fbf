"""Arithmetic of period labels.

A label is the ISO name of a period: ``2026-01-31`` (day), ``2026-W05`` (ISO week, Monday first), ``2026-01`` (month),
``2026-Q1`` (quarter) and ``2026`` (year). All functions are pure; nothing here knows what day it is.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from kapula.errors import ParameterError
from kapula.measures.engine.periods import period_label
from kapula.schema import PERIODS

_PATTERNS = {
    "day": re.compile(r"(\d{4})-(\d{2})-(\d{2})"),
    "week": re.compile(r"(\d{4})-W(\d{2})"),
    "month": re.compile(r"(\d{4})-(\d{2})"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])"),
    "year": re.compile(r"(\d{4})"),
}


def require_period(period: str) -> str:
    """The period's name, or :class:`ParameterError`."""
    if period not in PERIODS:
        raise ParameterError(
            f"There is no period {period!r}.",
            hint=f"Use one of: {', '.join(PERIODS)}.",
            parameter="period",
            value=str(period),
            allowed=list(PERIODS),
        )
    return period


def period_start(label: str, period: str) -> date:
    """The first day of the period a label names. Raises :class:`ParameterError` for a label of another kind."""
    match = _PATTERNS[require_period(period)].fullmatch(label)
    try:
        if match is None:
            raise ValueError(label)
        parts = [int(part) for part in match.groups()]
        if period == "week":
            return date.fromisocalendar(parts[0], parts[1], 1)
        if period == "quarter":
            return date(parts[0], 3 * parts[1] - 2, 1)
        return date(*[*parts, 1, 1][:3])
    except ValueError as error:
        raise ParameterError(
            f"{label!r} is not the name of a {period}.",
            hint=f"A {period} is written like {label_of(date(2026, 1, 31), period)}.",
            parameter="period",
            value=label,
        ) from error


def label_of(day: date, period: str) -> str:
    """The label of the period a day lies in."""
    label = period_label(day, period)
    assert label is not None  # only a missing day has no label
    return label


def next_start(start: date, period: str) -> date:
    """The first day of the following period. Raises :class:`ParameterError` at the end of the calendar: a date such as 9999-12-31
    stands for "never" in many files, and nothing follows it."""
    try:
        if period == "day":
            return start + timedelta(days=1)
        if period == "week":
            return start + timedelta(days=7)
        months = {"month": 1, "quarter": 3, "year": 12}[period]
        index = start.year * 12 + start.month - 1 + months
        return date(index // 12, index % 12 + 1, 1)
    except (OverflowError, ValueError) as error:
        raise ParameterError(
            f"No {period} follows {start.isoformat()}: the calendar ends there.",
            hint="Leave dates that mean 'never' blank.",
            parameter="time",
            value=start.isoformat(),
        ) from error


def period_end(label: str, period: str) -> date:
    """The last day of the period a label names."""
    return next_start(period_start(label, period), period) - timedelta(days=1)


def sequence(first: str, last: str, period: str) -> tuple[str, ...]:
    """Every label from first to last, both included, in order."""
    labels = []
    day, end = period_start(first, period), period_start(last, period)
    while day <= end:
        labels.append(label_of(day, period))
        day = next_start(day, period)
    return tuple(labels)


def year_before(label: str, period: str) -> str:
    """The period of the same name a year earlier (week 53 falls back to week 52, 29 February to the 28th)."""
    day = period_start(label, period)
    if period == "week":
        year, week, _ = day.isocalendar()
        return f"{year - 1:04d}-W{min(week, date(year - 1, 12, 28).isocalendar().week):02d}"
    if (day.month, day.day) == (2, 29):
        day = day - timedelta(days=1)
    return label_of(day.replace(year=day.year - 1), period)


def is_full(label: str, period: str, as_of: date) -> bool:
    """Whether the period had ended before the day ``as_of``."""
    return period_end(label, period) < as_of
