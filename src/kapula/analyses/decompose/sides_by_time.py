"""The two periods as stretches of a time column."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import ibis
from ibis.expr import types as ir

from kapula.analyses.days import day_of
from kapula.analyses.decompose.sides import SIDE, Sides
from kapula.analyses.decompose.spans import Days, fault, span_of
from kapula.schema import require
from kapula.tables import fetch
from kapula.trends.periods import label_of, period_end, period_start

YEAR: Final = 365


def by_time(table: ir.Table, time: str, first: Any, second: Any, timezone: str, kind: str | None = None) -> Sides:
    """The rows of two stretches of days, as :func:`kapula.analyses.decompose.spans.span_of` reads them. Left out, they are the first and
    the last year of the data, or its halves where it is shorter than two years. ``kind``: the periods that the times name, if they do."""
    require(table.columns, [time])
    day = day_of(table, time, timezone)
    if first is None or second is None:
        usual = _usual(table.mutate(kapula_day=day), kind or "day")
        one = usual[0] if first is None else span_of(first, "first", time, kind)
        two = usual[1] if second is None else span_of(second, "second", time, kind)
    else:
        one, two = span_of(first, "first", time, kind), span_of(second, "second", time, kind)
    if one[0] <= two[1] and two[0] <= one[1]:
        raise fault("second", _name(two), "The two stretches overlap.", "Choose stretches that share no day.")
    side = ibis.cases((day.between(*one), 0), (day.between(*two), 1))
    whole = table.filter(day.between(min(one[0], two[0]), max(one[1], two[1])))
    marked = table.mutate(**{SIDE: side})
    return Sides(marked.filter(marked[SIDE].notnull()), whole, _name(one), _name(two), (one, two))


def _usual(table: ir.Table, kind: str) -> tuple[Days, Days]:
    ends = fetch(table.aggregate(low=table["kapula_day"].min(), high=table["kapula_day"].max())).to_pylist()[0]
    if ends["low"] is None or ends["low"] == ends["high"]:
        raise fault("time", None, f"The time column holds fewer than two {kind}s.", "Two periods are needed.")
    low, high = period_start(label_of(ends["low"], kind), kind), period_end(label_of(ends["high"], kind), kind)
    half = min(YEAR, ((high - low).days + 1) // 2)
    length = dt.timedelta(days=half - 1)
    return (low, low + length), (high - length, high)


def _name(span: Days) -> str:
    return f"{span[0].isoformat()}/{span[1].isoformat()}"
