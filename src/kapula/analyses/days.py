"""The day of each row, from a column of dates, moments or ISO text."""

from __future__ import annotations

from typing import Any

from ibis.expr import types as ir

from kapula.measures.engine.periods import period_start
from kapula.measures.engine.request import require_days, wrong_type


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
