"""When comments were written and roll-outs began: by the day, or by the period that a column names."""

from __future__ import annotations

from typing import Any

import ibis
from ibis.expr import types as ir

from kapula.analyses.days import day_of
from kapula.errors import ParameterError
from kapula.tables import fetch
from kapula.trends.periods import label_of, period_start
from kapula.trends.times import first_days


def first_day(table: ir.Table, column: str, timezone: str) -> tuple[Any, str | None]:
    """Each row's day, or the first of the period that it names, and which of PERIODS those are (None for days). Raises as
    :func:`kapula.analyses.days.day_of`."""
    if table[column].type().is_null():
        return ibis.null("date"), None
    named = first_days(table, column)
    return named if named is not None else (day_of(table, column, timezone).cast("date"), None)


def require_between(table: ir.Table, start: str, kind: str, time: str) -> None:
    """Raises :class:`~kapula.errors.ParameterError` for a roll-out inside a period of the times: its comments may be from before or after.

    ``start``: the column of roll-out days. ``kind``: the periods that the column ``time`` names.
    """
    for day in sorted(set(fetch(table.select(start).distinct())[start].to_pylist()) - {None}):
        label = label_of(day, kind)
        if period_start(label, kind) != day:
            raise ParameterError(
                f"The roll-out of {day.isoformat()} lies inside {label}: which of that {kind}'s comments came after it cannot be told, for "
                f"the times in {time!r} name {kind}s.",
                hint=f"Give the days of the comments, or of each roll-out the {kind} from whose beginning it held.",
                parameter="rollout",
                value=day.isoformat(),
            )
