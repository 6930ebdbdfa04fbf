"""Periods: truncated in the engine, labelled by ISO 8601."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

import ibis
from ibis.expr import datatypes as dtypes
from ibis.expr import types as ir

from kapula.errors import ParameterError
from kapula.tables import backend_of

_UNITS: Final = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}


def period_start(column: Any, period: str, timezone: str = "UTC") -> ir.Value:
    """The first day of the row's period. Moments with a time zone are read on the clock of ``timezone``; weeks start
    on Monday. Raises :class:`~kapula.errors.ParameterError` for a time zone there is not."""
    require_zone(timezone)
    kind = column.type()
    if kind.is_string():
        column, kind = column.cast("timestamp"), dtypes.timestamp
    if kind.is_timestamp() and (kind.timezone is not None or (timezone != "UTC" and _is_spark(column))):
        column = column.cast("timestamp") if timezone == "UTC" else _on_clock(column, timezone)
    if period == "day":
        return column.cast("date")
    return column.truncate(_UNITS[period])


@lru_cache
def require_zone(name: str) -> None:
    """Dates without a clock need no zone, and an engine would only fail on moments, in words of its own."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        known = {zone.casefold() for zone in available_timezones()}
        if known and name.casefold() not in known:
            raise ParameterError(
                f"There is no time zone {name!r}.",
                hint="Name one as in Europe/Helsinki.",
                parameter="timezone",
                value=name,
            ) from None


def _on_clock(moment: Any, zone: str) -> Any:
    """The wall clock's reading in the zone, by the engine's own time zone tables."""
    if _is_spark(moment):
        return _from_utc_timestamp(moment, zone)
    return _timezone(zone, moment.cast(dtypes.Timestamp("UTC")))


def _is_spark(column: Any) -> bool:
    """Spark's moments come without their time zone in the type, yet they are moments."""
    return bool(backend_of(column).name == "pyspark")


# The engines' own functions, declared for Ibis.
_UTC = dtypes.Timestamp("UTC")


@ibis.udf.scalar.builtin(name="timezone", signature=((dtypes.string, _UTC), dtypes.timestamp))  # type: ignore[untyped-decorator]
def _timezone(zone: str, moment: dt.datetime) -> dt.datetime:  # type: ignore[empty-body]
    """DuckDB's and PostgreSQL's function."""


@ibis.udf.scalar.builtin(name="from_utc_timestamp", signature=((dtypes.timestamp, dtypes.string), dtypes.timestamp))  # type: ignore[untyped-decorator]
def _from_utc_timestamp(moment: dt.datetime, zone: str) -> dt.datetime:  # type: ignore[empty-body]
    """Spark's function."""


def period_label(start: dt.date | None, period: str) -> str | None:
    """ "2026-01-31", "2026-W05" (ISO week of the ISO year), "2026-01", "2026-Q1" or "2026"."""
    if start is None:
        return None
    if period == "day":
        return start.isoformat()[:10]
    if period == "week":
        year, week, _ = start.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if period == "month":
        return f"{start.year:04d}-{start.month:02d}"
    if period == "quarter":
        return f"{start.year:04d}-Q{(start.month + 2) // 3}"
    return f"{start.year:04d}"


def filtered(table: ir.Table, filters: Any) -> ir.Table:
    """Rows that pass: a mapping column → value or values (None means blank), an Ibis predicate, or a list of
    predicates."""
    from kapula.schema import require

    if filters is None:
        return table
    if not isinstance(filters, dict):
        return table.filter(filters)
    require(table.columns, filters)
    for column, wanted in filters.items():
        values = list(wanted) if isinstance(wanted, list | tuple | set | frozenset) else [wanted]
        known = [value for value in values if value is not None]
        test = table[column].isin(known) if known else ibis.literal(False)
        if len(known) < len(values):
            test = test | table[column].isnull()
        table = table.filter(test)
    return table
