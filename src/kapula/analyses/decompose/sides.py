"""The two periods compared, and which wording was asked on each day of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import ibis
from ibis.expr import types as ir

from kapula.analyses.decompose.spans import day_of
from kapula.measures.engine.periods import period_start

SIDE: Final = "kapula_side"
WORDING: Final = "kapula_wording"


@dataclass(frozen=True, slots=True)
class Sides:
    """``table``: the rows of the two periods, with the column SIDE 0 or 1. ``whole``: all rows, for the stretch. ``first``, ``second``:
    their names. ``spans``: first and last day of each, when there is a time column."""

    table: ir.Table
    whole: ir.Table
    first: str
    second: str
    spans: tuple[tuple[dt.date, dt.date], tuple[dt.date, dt.date]] | None = None


def worded(sides: Sides, time: str, reworded: Sequence[Any], timezone: str) -> Sides:
    """The sides with the column WORDING: which wording was asked on the row's day, "0" before the first of the days ``reworded``."""
    days = sorted(day_of(day, "reworded") for day in reworded)

    def marked(table: ir.Table) -> ir.Table:
        day = period_start(table[time], "day", timezone)
        later = [(day >= since, str(number)) for number, since in reversed(list(enumerate(days, start=1)))]
        return table.mutate(**{WORDING: ibis.cases(*later, else_="0")})

    return replace(sides, table=marked(sides.table), whole=marked(sides.whole))
