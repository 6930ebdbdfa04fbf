"""The day of each row, from a column of dates, moments or ISO text; and the periods that a column of text names."""

from __future__ import annotations

from typing import Any, Final

import ibis
from ibis.expr import types as ir

from kapula.measures.engine.periods import period_start
from kapula.measures.engine.request import require_days, wrong_type
from kapula.tables import fetch
from kapula.trends.labelled import LONGEST, Named, named
from kapula.trends.written import DAY, FIRST, LAST, READERS, kind_of

WIDTHS: Final = (100, 10_000)
"""A month written as a number is its year times the first of these and more, a day its year times the second."""


def day_of(table: ir.Table, time: str, timezone: str) -> Any:
    """The day as an expression, on the clock of ``timezone``. Raises :class:`~kapula.errors.ColumnTypeError` for a
    column that holds neither dates nor moments, and for text that cannot be read as them."""
    kind = table[time].type()
    if not (kind.is_temporal() and not kind.is_time() and not kind.is_interval()) and not kind.is_string():
        raise wrong_type(table, time, "a date, a timestamp or ISO text")
    day = period_start(table[time], "day", timezone)
    if kind.is_string():
        require_days(table, time)
    return day


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
