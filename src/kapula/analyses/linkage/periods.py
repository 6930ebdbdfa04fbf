"""When an answer was given, as a number of periods: from dates, ISO text or bare whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr import types as ir

from kapula.analyses.linkage.columns import Columns
from kapula.analyses.linkage.robust import Codes
from kapula.errors import ParameterError
from kapula.measures.engine.periods import period_start
from kapula.measures.engine.request import wrong_type
from kapula.schema import PERIODS
from kapula.tables import fetch
from kapula.trends.labelled import named, require_no_finer, unusable
from kapula.trends.times import names_of
from kapula.trends.written import READERS, kind_of

PERIOD: Final = "kapula_period"
USUAL: Final = "week"
"""The period of dates when none was asked for."""
YEAR: Final = {"day": 365.25, "week": 52.1775, "month": 12.0, "quarter": 4.0, "year": 1.0}


def prepared(table: ir.Table, columns: Columns, timezone: str) -> ir.Table:
    """The table with its period: a date, a bare whole number, the name of a period as it is written (:func:`dated` reads it), or 0 for all
    rows when there is no time. Raises :class:`~kapula.errors.ColumnTypeError` for what is none of these."""
    if columns.time is None:
        return table.mutate(**{PERIOD: ibis.literal("0").cast("int64")})
    column = table[columns.time]
    kind = column.type()
    if kind.is_numeric():
        return table.mutate(**{PERIOD: _whole(table, columns.time)})
    if kind.is_string():
        if names_of(table, columns.time) is not None:
            return table.mutate(**{PERIOD: column})
        column = column.try_cast("timestamp")
        wrong = fetch(table.aggregate(wrong=(column.isnull() & table[columns.time].notnull()).sum()))["wrong"][0]
        if wrong.as_py():
            raise unusable(columns.time, "text")
    elif not (kind.is_date() or kind.is_timestamp()):
        raise wrong_type(table, columns.time, "a date, a timestamp, ISO text or whole numbers of periods")
    return table.mutate(**{PERIOD: period_start(column, columns.period or USUAL, timezone).cast("date")})


def _whole(table: ir.Table, time: str) -> Any:
    """Bare numbers of periods; a NaN is a blank. Raises :class:`~kapula.errors.ColumnTypeError` for parts of a period."""
    number = table[time].cast("float64")
    number = number.isnan().ifelse(ibis.null("float64"), number)
    broken = (number != number.round()) | (number.abs() > 1e9)
    if fetch(table.aggregate(broken=broken.sum()))["broken"][0].as_py():
        raise wrong_type(table, time, "a date, a timestamp, ISO text or whole numbers of periods")
    return number.round().cast("int64")


def dated(sides: Sequence[pa.ChunkedArray], columns: Columns) -> tuple[list[pa.ChunkedArray], str]:
    """Both sides' periods with names of periods (2026-W05), and months and days written as numbers (202601), as days; and the period: the
    one asked for, else the one that is named, else the week. Both sides are read together where they are written alike: one may hold too
    little to tell by itself. Raises :class:`~kapula.errors.ParameterError` for a period shorter than those named, and for dates beside
    names when no period was asked for: the dates are in weeks by then."""
    if columns.time is None:
        return list(sides), columns.period or USUAL
    alike = len({side.type for side in sides}) == 1
    known = [
        {value for side in (sides if alike else [one]) for value in side.unique().to_pylist()} - {None} for one in sides
    ]
    found = [_named(values, columns.time) for values in known]
    for one in found:
        if one is not None:
            require_no_finer(columns.period, one[1], columns.time, "period")
    kinds = [one[1] for one in found if one is not None]
    if kinds and columns.period is None and any(pa.types.is_date(side.type) and len(side) for side in sides):
        raise ParameterError(
            f"The column {columns.time!r} holds dates in one table and names of {kinds[0]}s in the other.",
            hint=f"Say which period is meant, such as {kinds[0]}.",
            parameter="period",
            value=None,
        )
    period = columns.period or (max(kinds, key=PERIODS.index) if kinds else USUAL)
    return [side if one is None else _as_days(side, one[0]) for side, one in zip(sides, found, strict=True)], period


def _named(values: set[Any], column: str) -> tuple[dict[Any, date], str] | None:
    """The day of each value and what kind of period they name; None for dates and plain numbers."""
    if values and all(isinstance(value, str) for value in values):
        found = named(values, column)
        return None if found is None else (found.days, found.kind)
    if not values or not all(isinstance(value, int) for value in values):
        return None
    kind = kind_of(values, column)
    return None if kind is None else ({value: day for value in values if (day := READERS[kind](value))}, kind)


def _as_days(side: pa.ChunkedArray, days: dict[Any, date]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array([days.get(value) for value in side.to_pylist()], pa.date32())])


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
