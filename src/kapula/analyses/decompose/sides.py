"""The two periods compared, and which wording was asked on each day of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import ibis
from ibis.expr import types as ir

from kapula.errors import KapulaError, ParameterError
from kapula.measures.engine.periods import period_start as engine_start
from kapula.schema import PERIODS
from kapula.trends.periods import period_end, period_start

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
    days = sorted(days_of(str(day), "reworded")[0] for day in reworded)

    def marked(table: ir.Table) -> ir.Table:
        day = engine_start(table[time], "day", timezone)
        later = [(day >= since, str(number)) for number, since in reversed(list(enumerate(days, start=1)))]
        return table.mutate(**{WORDING: ibis.cases(*later, else_="0")})

    return replace(sides, table=marked(sides.table), whole=marked(sides.whole))


def days_of(label: str, parameter: str) -> tuple[dt.date, dt.date]:
    for period in PERIODS:
        try:
            return period_start(label, period), period_end(label, period)
        except KapulaError:
            continue
    raise fault(
        parameter,
        label,
        f"{label!r} names no period.",
        "Write it as 2024, 2024-Q3, 2024-05, 2024-W07, 2024-05-31 or 2024-01/2024-06.",
    )


def fault(parameter: str, value: Any, message: str, hint: str) -> ParameterError:
    return ParameterError(message, hint=hint, parameter=parameter, value=None if value is None else str(value))
