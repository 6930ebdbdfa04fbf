"""The two periods compared: labels in a column of their own, or stretches of a time column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import ibis
from ibis.expr import types as ir

from kapula.analyses.columns import text
from kapula.analyses.days import day_of
from kapula.errors import KapulaError, ParameterError
from kapula.measures.engine.periods import period_start as engine_start
from kapula.schema import PERIODS, require
from kapula.tables import fetch
from kapula.trends.periods import period_end, period_start

SIDE: Final = "kapula_side"
WORDING: Final = "kapula_wording"
MOST_LABELS: Final = 20
YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Sides:
    """``table``: the rows of the two periods, with the column SIDE 0 or 1. ``whole``: all rows, for the stretch. ``first``, ``second``:
    their names. ``spans``: first and last day of each, when there is a time column."""

    table: ir.Table
    whole: ir.Table
    first: str
    second: str
    spans: tuple[tuple[dt.date, dt.date], tuple[dt.date, dt.date]] | None = None


def by_column(table: ir.Table, period: str, first: Any, second: Any) -> Sides:
    """The rows whose ``period`` is ``first`` or ``second``; left out, they are the first and the last of its values in order."""
    require(table.columns, [period])
    column = table[period]
    if first is None or second is None:
        known = [value for value in fetch(table.select(v=column).distinct())["v"].to_pylist() if value is not None]
        if not known:
            raise _fault(
                "period",
                period,
                f"The column {period!r} is blank in every row.",
                "Name a column that tells the period.",
            )
        known.sort(key=lambda value: (str(type(value)), value))
        first, second = (known[0] if first is None else first), (known[-1] if second is None else second)
    first, second = (_typed(table, period, value) for value in (first, second))
    if first == second:
        raise _fault("second", second, "The two periods are the same.", "Name two different periods.")
    found = fetch(table.filter(column.isin([first, second])).select(v=column).distinct())["v"].to_pylist()
    for name, value in (("first", first), ("second", second)):
        if value not in found:
            _raise_absent(table, period, name, value)
    side = ibis.cases((column == first, 0), (column == second, 1))
    return Sides(table.mutate(**{SIDE: side}).filter(column.isin([first, second])), table, text(first), text(second))


def by_time(table: ir.Table, time: str, first: Any, second: Any, timezone: str) -> Sides:
    """The rows of two stretches of days. A stretch is a label ("2024", "2024-Q3", "2024-05", "2024-W07", "2024-05-31") or two joined by
    "/". Left out, they are the first and the last year of the data, or its halves where it is shorter than two years."""
    require(table.columns, [time])
    day = day_of(table, time, timezone)
    if first is None or second is None:
        usual = _usual(table.mutate(kapula_day=day))
        one = usual[0] if first is None else _span(first, "first")
        two = usual[1] if second is None else _span(second, "second")
    else:
        one, two = _span(first, "first"), _span(second, "second")
    if one[0] <= two[1] and two[0] <= one[1]:
        raise _fault("second", _name(two), "The two stretches overlap.", "Choose stretches that share no day.")
    side = ibis.cases((day.between(*one), 0), (day.between(*two), 1))
    whole = table.filter(day.between(min(one[0], two[0]), max(one[1], two[1])))
    marked = table.mutate(**{SIDE: side})
    return Sides(marked.filter(marked[SIDE].notnull()), whole, _name(one), _name(two), (one, two))


def worded(sides: Sides, time: str, reworded: Sequence[Any], timezone: str) -> Sides:
    """The sides with the column WORDING: which wording was asked on the row's day, "0" before the first of the days ``reworded``."""
    days = sorted(_days(str(day), "reworded")[0] for day in reworded)

    def marked(table: ir.Table) -> ir.Table:
        day = engine_start(table[time], "day", timezone)
        later = [(day >= since, str(number)) for number, since in reversed(list(enumerate(days, start=1)))]
        return table.mutate(**{WORDING: ibis.cases(*later, else_="0")})

    return replace(sides, table=marked(sides.table), whole=marked(sides.whole))


def _usual(table: ir.Table) -> tuple[tuple[dt.date, dt.date], tuple[dt.date, dt.date]]:
    ends = fetch(table.aggregate(low=table["kapula_day"].min(), high=table["kapula_day"].max())).to_pylist()[0]
    if ends["low"] is None or ends["low"] == ends["high"]:
        raise _fault("time", None, "The time column holds fewer than two days.", "Two periods are needed.")
    low, high = ends["low"], ends["high"]
    half = min(YEAR, ((high - low).days + 1) // 2)
    length = dt.timedelta(days=half - 1)
    return (low, low + length), (high - length, high)


def _span(given: Any, parameter: str) -> tuple[dt.date, dt.date]:
    """First and last day of a stretch as written."""
    start, _, end = str(given).partition("/")
    return _days(start, parameter)[0], _days(end or start, parameter)[1]


def _days(label: str, parameter: str) -> tuple[dt.date, dt.date]:
    for period in PERIODS:
        try:
            return period_start(label, period), period_end(label, period)
        except KapulaError:
            continue
    raise _fault(
        parameter,
        label,
        f"{label!r} names no period.",
        "Write it as 2024, 2024-Q3, 2024-05, 2024-W07, 2024-05-31 or 2024-01/2024-06.",
    )


def _name(span: tuple[dt.date, dt.date]) -> str:
    return f"{span[0].isoformat()}/{span[1].isoformat()}"


def _typed(table: ir.Table, period: str, value: Any) -> Any:
    """The value as the column holds it, so that a command's text finds a column of numbers or dates."""
    kind = table[period].type()
    try:
        if kind.is_string():
            return str(value)
        if isinstance(value, str) and kind.is_integer():
            return int(value)
        if isinstance(value, str) and kind.is_numeric():
            return float(value)
        if isinstance(value, str) and kind.is_date():
            return dt.date.fromisoformat(value)
        if isinstance(value, str) and kind.is_timestamp():
            return dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise _fault(
            "first", value, f"{value!r} cannot be a value of the column {period!r}.", f"It holds {kind}."
        ) from error
    return value


def _raise_absent(table: ir.Table, period: str, name: str, value: Any) -> None:
    values = fetch(table.select(v=table[period]).distinct().order_by("v").limit(MOST_LABELS))["v"].to_pylist()
    known = [str(one) for one in values if one is not None]
    raise ParameterError(
        f"The column {period!r} has no period {value!r}.",
        hint=f"It has: {', '.join(known) or 'nothing'}.",
        parameter=name,
        value=str(value),
        allowed=known,
    )


def _fault(parameter: str, value: Any, message: str, hint: str) -> ParameterError:
    return ParameterError(message, hint=hint, parameter=parameter, value=None if value is None else str(value))
