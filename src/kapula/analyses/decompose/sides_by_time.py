"""The two periods as stretches of a time column."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import ibis
from ibis.expr import types as ir

from kapula.analyses.days import day_of
from kapula.analyses.decompose.sides import SIDE, Sides, days_of, fault
from kapula.schema import require
from kapula.tables import fetch

YEAR: Final = 365


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
        raise fault("second", _name(two), "The two stretches overlap.", "Choose stretches that share no day.")
    side = ibis.cases((day.between(*one), 0), (day.between(*two), 1))
    whole = table.filter(day.between(min(one[0], two[0]), max(one[1], two[1])))
    marked = table.mutate(**{SIDE: side})
    return Sides(marked.filter(marked[SIDE].notnull()), whole, _name(one), _name(two), (one, two))


def _usual(table: ir.Table) -> tuple[tuple[dt.date, dt.date], tuple[dt.date, dt.date]]:
    ends = fetch(table.aggregate(low=table["kapula_day"].min(), high=table["kapula_day"].max())).to_pylist()[0]
    if ends["low"] is None or ends["low"] == ends["high"]:
        raise fault("time", None, "The time column holds fewer than two days.", "Two periods are needed.")
    low, high = ends["low"], ends["high"]
    half = min(YEAR, ((high - low).days + 1) // 2)
    length = dt.timedelta(days=half - 1)
    return (low, low + length), (high - length, high)


def _span(given: Any, parameter: str) -> tuple[dt.date, dt.date]:
    """First and last day of a stretch as written."""
    start, _, end = str(given).partition("/")
    return days_of(start, parameter)[0], days_of(end or start, parameter)[1]


def _name(span: tuple[dt.date, dt.date]) -> str:
    return f"{span[0].isoformat()}/{span[1].isoformat()}"
