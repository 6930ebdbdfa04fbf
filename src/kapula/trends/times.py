"""Columns of times that name periods (2026-01, 2026-W05, 2026-Q1, 2026), as days: one reading for every measure and analysis."""

from __future__ import annotations

from typing import Any, Final

import ibis
from ibis.expr import types as ir

from kapula.schema import PERIODS, require
from kapula.tables import fetch
from kapula.trends.labelled import LONGEST, Named, named, require_no_finer
from kapula.trends.written import DAY, FIRST, LAST, MONTH, READERS, kind_of

WIDTHS: Final = (100, 10_000)
"""A month written as a number is its year times the first of these and more, a day its year times the second."""
MIDDLE: Final = {"day": 0, "week": 3, "month": 14, "quarter": 45, "year": 182}
"""Days from a period's first to its middle one: a week belongs to the month and the year in which its Thursday lies (ISO 8601)."""


def names_of(table: ir.Table, time: str) -> Named | None:
    """The periods that a column of text names, all of one kind; None when it holds anything else: engines do not agree on which of
    them are days. Raises as :func:`kapula.trends.labelled.named`."""
    if not table[time].type().is_string():
        return None
    longest = fetch(table.aggregate(longest=table[time].strip().length().max()))["longest"][0].as_py()
    if longest is None or longest > LONGEST:
        return None
    return named((text for text in fetch(table.select(time).distinct())[time].to_pylist() if text is not None), time)


def named_days(table: ir.Table, time: str) -> Any | None:
    """The first day of the period that each row names, as an expression: 2026-01, 2026-W05, 2026-Q1 and 2026 as text, months and days
    also as 202601 and 20260131. None when the column holds anything else. Raises as :func:`kapula.trends.labelled.named`."""
    column, found = table[time], names_of(table, time)
    if found is not None:
        days: dict[Any, Any] = dict(found.days)
        kind: str | None = found.kind
    elif column.type().is_numeric() and _may_be_written(table, time):
        values = [
            one for one in fetch(table.select(time).distinct())[time].to_pylist() if one is not None and one == one
        ]
        kind = kind_of(values, time)
        days = {one: READERS[kind](int(one)) for one in values} if kind else {}
    else:
        return None
    if kind == DAY:  # too many to list
        number = (column.strip() if column.type().is_string() else column).cast("int64")
        return ibis.date(number // 10_000, number // 100 % 100, number % 100)
    return column.cases(*((text, ibis.literal(day)) for text, day in days.items())) if days else None


def _may_be_written(table: ir.Table, time: str) -> bool:
    """Whether the numbers lie where months or days written as numbers do: then they are few enough to be looked at one by one."""
    ends = fetch(table.aggregate(low=table[time].min(), high=table[time].max())).to_pylist()[0]
    return ends["low"] is not None and any(
        FIRST * width <= ends["low"] and ends["high"] < (LAST + 1) * width for width in WIDTHS
    )


def first_days(table: ir.Table, time: str) -> tuple[Any, str] | None:
    """The first day of the period that each row names, as an expression, and which of PERIODS they are; None where the column holds
    anything else. Raises as :func:`kapula.trends.labelled.named`."""
    require(table.columns, [time])
    first = named_days(table, time)
    if first is None:
        return None
    found = names_of(table, time)
    return first.cast("date"), _kind_of_numbers(table, time) if found is None else found.kind


def as_days(table: ir.Table, time: str) -> tuple[ir.Table, str | None]:
    """The table with the periods that the column names as the day in their middle, and which of PERIODS they are; the table as it is, and
    None, where the column holds anything else. Raises as :func:`kapula.trends.labelled.named`."""
    found = first_days(table, time)
    if found is None:
        return table, None
    return table.mutate(**{time: middle_day(*found)}), found[1]


def middle_day(first: Any, kind: str) -> Any:
    """The day in the middle of the period that begins on ``first``."""
    return (first + ibis.interval(days=MIDDLE[kind])).cast("date")


def last_day(first: Any, kind: str) -> Any:
    """The last day of the period that begins on ``first``."""
    lengths = {"week": {"days": 7}, "month": {"months": 1}, "quarter": {"months": 3}, "year": {"years": 1}}
    return (first + ibis.interval(**lengths.get(kind, {"days": 1})) - ibis.interval(days=1)).cast("date")


def period_of(asked: str | None, kind: str | None, time: str, usual: str, parameter: str = "period") -> str:
    """The periods asked for; else the ``usual`` ones, or those that the times name where these are longer. ``kind``: what they name. Raises
    :class:`~kapula.errors.ParameterError` for periods shorter than that."""
    if kind is None:
        return asked or usual
    require_no_finer(asked, kind, time, parameter)
    return asked or max(usual, kind, key=PERIODS.index)


def _kind_of_numbers(table: ir.Table, time: str) -> str:
    most = fetch(table.aggregate(most=table[time].cast("float64").max()))["most"][0].as_py()
    return MONTH if most < 100 * (LAST + 1) else DAY
