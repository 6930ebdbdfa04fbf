"""The day of each row, from a column of dates, moments or ISO text."""

from __future__ import annotations

from typing import Any

from ibis.expr import types as ir

from kapula.errors import ColumnTypeError
from kapula.measures.engine.periods import period_start
from kapula.measures.engine.request import wrong_type
from kapula.tables import fetch


def day_of(table: ir.Table, time: str, timezone: str) -> Any:
    """The day as an expression, on the clock of ``timezone``. Raises :class:`~kapula.errors.ColumnTypeError` for a
    column that holds neither
    dates nor moments, and for text that cannot be read as them: an engine would fail on it only in the middle of its work."""
    kind = table[time].type()
    if not (kind.is_temporal() and not kind.is_time() and not kind.is_interval()) and not kind.is_string():
        raise wrong_type(table, time, "a date, a timestamp or ISO text")
    day = period_start(table[time], "day", timezone)
    if kind.is_string():
        try:
            fetch(table.aggregate(first=day.min(), last=day.max()))
        except Exception as error:  # each engine has its own tree of errors for text that is no date
            raise ColumnTypeError(
                f"Column {time!r} holds text that is no date.",
                hint="Write dates as 2026-01-31, or convert the column.",
                column=time,
                type="string",
                expected="ISO dates",
            ) from error
    return day
