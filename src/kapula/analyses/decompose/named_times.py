"""A time column that names periods (2021-01, 2021-W05, 2021-Q1) as days."""

from __future__ import annotations

from typing import Final

import ibis
from ibis.expr import types as ir

from kapula.analyses.days import named_days, names_of
from kapula.schema import PERIODS, require
from kapula.tables import fetch
from kapula.trends.labelled import require_no_finer
from kapula.trends.written import DAY, LAST, MONTH

MIDDLE: Final = {"day": 0, "week": 3, "month": 14, "quarter": 45, "year": 182}
"""Days from a period's first to its middle one: a week belongs to the month and the year in which its Thursday lies (ISO 8601)."""
USUAL: Final = "month"
"""The steps in which the stretch is followed."""


def as_days(table: ir.Table, time: str) -> tuple[ir.Table, str | None]:
    """The table with the periods that the column names as the day in their middle, and which of PERIODS they are; the table as it is, and
    None, where the column holds anything else. Raises as :func:`kapula.trends.labelled.named`."""
    require(table.columns, [time])
    first = named_days(table, time)
    if first is None:
        return table, None
    found = names_of(table, time)
    kind = _kind_of_numbers(table, time) if found is None else found.kind
    middle = (first.cast("date") + ibis.interval(days=MIDDLE[kind])).cast("date")
    return table.mutate(**{time: middle}), kind


def _kind_of_numbers(table: ir.Table, time: str) -> str:
    most = fetch(table.aggregate(most=table[time].cast("float64").max()))["most"][0].as_py()
    return MONTH if most < 100 * (LAST + 1) else DAY


def grain_of(asked: str | None, kind: str | None, time: str | None) -> str:
    """The steps asked for, else months, or the periods that the times name where these are longer. Raises
    :class:`~kapula.errors.ParameterError` for steps shorter than the times name."""
    if kind is None:
        return asked or USUAL
    require_no_finer(asked, kind, str(time), "grain")
    return asked or max(USUAL, kind, key=PERIODS.index)
