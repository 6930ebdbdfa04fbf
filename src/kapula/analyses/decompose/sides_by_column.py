"""The two periods by their labels in a column."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import ibis
from ibis.expr import types as ir

from kapula.analyses.columns import text
from kapula.analyses.decompose.sides import SIDE, Sides
from kapula.analyses.decompose.spans import fault, single_day
from kapula.errors import ParameterError
from kapula.schema import require
from kapula.tables import fetch
from kapula.trends.naming import in_order

MOST_LABELS: Final = 20


def by_column(table: ir.Table, period: str, first: Any, second: Any) -> Sides:
    """The rows whose ``period`` is ``first`` or ``second``; left out, they are the first and the last of its values in order."""
    require(table.columns, [period])
    column = table[period]
    if first is None or second is None:
        known = [value for value in fetch(table.select(v=column).distinct())["v"].to_pylist() if value is not None]
        if not known:
            raise fault(
                "period",
                period,
                f"The column {period!r} is blank in every row.",
                "Name a column that tells the period.",
            )
        first, second = _ends(known, period, first, second)
    first, second = (_typed(table, period, value) for value in (first, second))
    if first == second:
        raise fault("second", second, "The two periods are the same.", "Name two different periods.")
    found = fetch(table.filter(column.isin([first, second])).select(v=column).distinct())["v"].to_pylist()
    for name, value in (("first", first), ("second", second)):
        if value not in found:
            _raise_absent(table, period, name, value)
    side = ibis.cases((column == first, 0), (column == second, 1))
    return Sides(table.mutate(**{SIDE: side}).filter(column.isin([first, second])), table, text(first), text(second))


def _ends(known: list[Any], period: str, first: Any, second: Any) -> tuple[Any, Any]:
    """The first and the last of the column's values, where not named. Raises :class:`~kapula.errors.ParameterError` for one value only,
    and for names whose order in time is not known: sorted as text October 2024 would come before September."""
    if len(known) == 1:
        raise fault("period", period, f"The column {period!r} holds one period only: {known[0]}.", "Two are needed.")
    named = [str(value) for value in (first, second) if value is not None]
    rest = [value for value in known if str(value) not in named]
    if named and len(known) == 2 and len(rest) == 1:
        return (rest[0] if first is None else first), (rest[0] if second is None else second)
    texts = all(isinstance(value, str) for value in known)
    ordered = in_order(known) if texts else sorted(known, key=lambda value: (str(type(value)), value))
    if ordered is None:
        told = ", ".join(sorted(known)[:MOST_LABELS])
        raise fault(
            "first",
            None,
            f"The order of the periods in {period!r} is not known: {told}.",
            "Name two with first and second (--from, --to).",
        )
    return (ordered[0] if first is None else first), (ordered[-1] if second is None else second)


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
            return single_day(value, "first")
        if isinstance(value, str) and kind.is_timestamp():
            return _moment(value)
    except ValueError as error:
        raise fault(
            "first", value, f"{value!r} cannot be a value of the column {period!r}.", f"It holds {kind}."
        ) from error
    return value


def _moment(value: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError:
        return dt.datetime.combine(single_day(value, "first"), dt.time())


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
