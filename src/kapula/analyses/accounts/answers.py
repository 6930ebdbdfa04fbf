"""Each contact's latest answer, chosen where the data is: of the window that ends on the day looked from, and of the one before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import ibis
from ibis.expr import types as ir

from kapula.analyses.accounts.columns import Columns
from kapula.errors import ParameterError
from kapula.measures.engine.periods import period_start
from kapula.measures.engine.request import wrong_type
from kapula.tables import fetch
from kapula.trends.times import named_days

DAY: Final = "kapula_day"
RANK: Final = "kapula_rank"
WINDOW: Final = "kapula_window"
CONTACT: Final = "kapula_contact"


def dated(table: ir.Table, columns: Columns, timezone: str) -> ir.Table:
    """The table with each answer's day: of an answer that tells only its period (2026-01, 2026-W05), the first of it. Raises
    :class:`~kapula.errors.ColumnTypeError` for other text than ISO dates and periods of one kind."""
    if columns.time is None:
        return table.mutate(**{DAY: ibis.null("date")})
    named = named_days(table, columns.time)
    if named is not None:
        return table.mutate(**{DAY: named})
    kind = table[columns.time].type()
    if not (kind.is_date() or kind.is_timestamp() or kind.is_string()):
        raise wrong_type(table, columns.time, "a date, a timestamp or ISO text")
    column = table[columns.time].try_cast("timestamp") if kind.is_string() else table[columns.time]
    wrong = fetch(table.aggregate(n=(column.isnull() & table[columns.time].notnull()).sum()))["n"][0].as_py()
    if wrong:
        raise wrong_type(table, columns.time, f"ISO dates or periods of one kind ({wrong} rows hold other text)")
    return table.mutate(**{DAY: period_start(column, "day", timezone).cast("date")})


def usable(table: ir.Table, columns: Columns) -> tuple[ir.Table, dict[str, int]]:
    """Rows with everything that makes them an answer, and how many lacked what."""
    needed = {"account": columns.account, "contact": columns.contact, "score": columns.score, "time": columns.time}
    wanted = {role: _present(table[name]) for role, name in needed.items() if name}
    counts = fetch(table.aggregate(**{role: (~test).cast("int64").sum() for role, test in wanted.items()})).to_pylist()[
        0
    ]
    return table.filter(*wanted.values()), {role: int(n) for role, n in counts.items() if n}


def _present(column: Any) -> Any:
    return column.notnull() & (column != "") if column.type().is_string() else column.notnull()


def ends_of(table: ir.Table, columns: Columns) -> tuple[date | None, date | None]:
    """The first and the last day of an answer; from the last is looked when no other day is given."""
    if columns.time is None:
        return None, None
    found = fetch(table.aggregate(first=table[DAY].min(), last=table[DAY].max())).to_pylist()[0]
    return found["first"], found["last"]


def latest_of(table: ir.Table, columns: Columns, last: date | None, days: int) -> ir.Table:
    """Each contact's latest answer in the window and in the one before; of several on one day the lowest score, so that the order of rows
    decides nothing."""
    if columns.contact is None:
        table = table.mutate(
            **{CONTACT: ibis.row_number().over(order_by=[table[columns.account], table[columns.score]])}
        )
    contact = columns.contact or CONTACT
    if last is None:
        table = table.mutate(**{WINDOW: ibis.literal(0)})
    else:
        start, earlier = _starts(last, days)
        table = table.filter((table[DAY] > earlier) & (table[DAY] <= last))
        table = table.mutate(**{WINDOW: ibis.ifelse(table[DAY] > start, 0, 1)})
    rank = ibis.row_number().over(
        group_by=[table[columns.account], table[contact], table[WINDOW]],
        order_by=[table[DAY].desc(), table[columns.score]],
    )
    ranked = table.mutate(**{RANK: rank})
    keep = [name for name in (columns.account, columns.score, columns.role, columns.stage) if name]
    chosen = ranked.filter(ranked[RANK] == 0)
    return chosen.select(*dict.fromkeys(keep), DAY, WINDOW, **{CONTACT: chosen[contact].cast("string")}).order_by(
        [columns.account, WINDOW, CONTACT]
    )


def _starts(last: date, days: int) -> tuple[date, date]:
    """The day before the window of ``days`` that ends on ``last``, and before the one earlier. Raises
    :class:`~kapula.errors.ParameterError` when the calendar does not reach so far back."""
    if last.toordinal() <= 2 * days:
        raise ParameterError(
            f"Two windows of {days} days do not fit before {last.isoformat()}.",
            hint="Check as_of and the dates of the answers, or give a shorter window.",
            parameter="as_of",
            value=last.isoformat(),
        )
    return last - timedelta(days=days), last - timedelta(days=2 * days)
