"""When an answer was given, as a number of periods: from dates, ISO text or bare whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import ibis
import numpy as np
from ibis.expr import types as ir

from kapula.analyses.linkage.columns import Columns
from kapula.analyses.linkage.robust import Codes
from kapula.measures.engine.periods import period_start
from kapula.measures.engine.request import wrong_type
from kapula.tables import fetch

PERIOD: Final = "kapula_period"


YEAR: Final = {"day": 365.25, "week": 52.1775, "month": 12.0, "quarter": 4.0, "year": 1.0}


def prepared(table: ir.Table, columns: Columns, timezone: str) -> ir.Table:
    """The table with its period: a date, a bare whole number, or 0 for all rows when there is no time."""
    if columns.time is None:
        return table.mutate(**{PERIOD: ibis.literal("0").cast("int64")})
    column = table[columns.time]
    kind = column.type()
    if kind.is_numeric():
        return table.mutate(**{PERIOD: _whole(table, columns.time)})
    if kind.is_string():
        column = column.try_cast("timestamp")
        wrong = fetch(table.aggregate(wrong=(column.isnull() & table[columns.time].notnull()).sum()))["wrong"][
            0
        ].as_py()
        if wrong:
            raise wrong_type(table, columns.time, f"ISO dates ({wrong} rows hold other text)")
    elif not (kind.is_date() or kind.is_timestamp()):
        raise wrong_type(table, columns.time, "a date, a timestamp, ISO text or whole numbers of periods")
    return table.mutate(**{PERIOD: period_start(column, columns.period, timezone).cast("date")})


def _whole(table: ir.Table, time: str) -> Any:
    """Bare numbers of periods; a NaN is a blank. Raises :class:`~kapula.errors.ColumnTypeError` for parts of a period."""
    number = table[time].cast("float64")
    number = number.isnan().ifelse(ibis.null("float64"), number)
    broken = (number != number.round()) | (number.abs() > 1e9)
    if fetch(table.aggregate(broken=broken.sum()))["broken"][0].as_py():
        raise wrong_type(table, time, "a date, a timestamp, ISO text or whole numbers of periods")
    return number.round().cast("int64")


def ordinals(periods: Sequence[Any], period: str) -> Codes:
    """Periods as numbers from 0, one apart."""
    if not periods:
        return np.zeros(0, np.int64)
    if isinstance(periods[0], date):
        if period in ("day", "week"):
            found = np.array([day.toordinal() // (7 if period == "week" else 1) for day in periods], dtype=np.int64)
        else:
            months = {"month": 1, "quarter": 3, "year": 12}[period]
            found = np.array([(day.year * 12 + day.month - 1) // months for day in periods], dtype=np.int64)
    else:
        found = np.array(periods, dtype=np.int64)
    return np.asarray(found - found.min())
