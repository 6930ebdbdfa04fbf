"""Times written as text that name periods: "2026-01", "2026-W05", "2026-Q1", "2026", and months and days as "202601" and "20260131"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from kapula.errors import ColumnTypeError, ParameterError
from kapula.schema import PERIODS
from kapula.trends.periods import _PATTERNS, period_start
from kapula.trends.written import READERS, kind_of

LONGEST: Final = 8
"""Letters of the longest name of a period, such as 2026-W05; a day with its dashes is longer, and engines read days themselves."""


@dataclass(frozen=True, slots=True)
class Named:
    """``days``: the first day of the period that each text names, by the text as it was given. ``kind``: day, week, month,
    quarter or year."""

    days: dict[str, date]
    kind: str


def named(texts: Iterable[str], column: str) -> Named | None:
    """What ``texts`` name when all name periods of one kind, spaces around them aside; else None.

    Raises :class:`~kapula.errors.ParameterError` for a period that is not there (2026-13, 2026-W54), and for whole numbers of which only
    some can be months, or which may be weeks or quarters, as :func:`kapula.trends.written.kind_of`.
    """
    texts = list(texts)
    stripped = [text.strip() for text in texts]
    for kind, pattern in _PATTERNS.items():
        if texts and all(pattern.fullmatch(text) for text in stripped):
            return Named({given: period_start(text, kind) for given, text in zip(texts, stripped, strict=True)}, kind)
    if not texts or any(len(text) < 5 or not (text.isascii() and text.isdigit()) for text in stripped):
        return None
    written = kind_of((float(text) for text in stripped), column)
    if written is None:
        return None
    days = {given: READERS[written](int(text)) for given, text in zip(texts, stripped, strict=True)}
    return Named({given: day for given, day in days.items() if day is not None}, written)


def require_no_finer(asked: str | None, kind: str, column: str, parameter: str) -> None:
    """Raises :class:`~kapula.errors.ParameterError` when the periods ``asked`` for are shorter than those that the times name: a month's
    answers belong to none of its weeks."""
    if asked is not None and PERIODS.index(asked) < PERIODS.index(kind):
        raise ParameterError(
            f"The times in {column!r} name {kind}s, and cannot be cut into {asked}s.",
            hint=f"Ask for {kind}s or longer, or give dates.",
            parameter=parameter,
            value=asked,
            allowed=list(PERIODS[PERIODS.index(kind) :]),
        )


def unusable(column: str, kind: str) -> ColumnTypeError:
    """The refusal of times that are no dates, names of periods or whole numbers. ``kind``: what they are."""
    return ColumnTypeError(
        f"The times in {column!r} cannot be put in order.",
        hint="Give dates, ISO periods such as 2026-W05 or 2026-01, or whole numbers.",
        column=column,
        type=kind,
        expected="date",
    )
