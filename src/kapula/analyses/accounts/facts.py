"""What stands beside an account's answers: its revenue, its next renewal, its first day, and the stage they put it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import ibis
from ibis.expr import types as ir

from kapula.analyses.accounts.columns import Columns
from kapula.analyses.columns import checked
from kapula.measures.engine.request import wrong_type
from kapula.schema import require
from kapula.tables import fetch


def facts_of(table: ir.Table, columns: Columns, last: date | None, apart: bool) -> dict[Any, dict[str, Any]]:
    """Revenue, next renewal and first day of each account. Of a table of details revenue is summed; beside answers it is the largest."""
    named = {"revenue": columns.revenue, "renewal": columns.renewal, "since": columns.since}
    wanted = {role: name for role, name in named.items() if name}
    if not wanted:
        return {}
    require(table.columns, [columns.account, *wanted.values()])
    for role, name in wanted.items():
        kind = table[name].type()
        if not (kind.is_numeric() if role == "revenue" else kind.is_date() or kind.is_timestamp() or kind.is_string()):
            raise wrong_type(table, name, "number" if role == "revenue" else "a date")
        if kind.is_string():
            _require_days(table, name)
    if columns.revenue:
        table = checked(
            table,
            [columns.revenue],
            others=[columns.account, *(name for name in wanted.values() if name != columns.revenue)],
        )
    found = {role: table[name] if role == "revenue" else table[name].try_cast("date") for role, name in wanted.items()}
    if "renewal" in found and last is not None:
        found["renewal"] = ibis.ifelse(found["renewal"] >= ibis.literal(last), found["renewal"], ibis.null("date"))
    sums = {"revenue": "sum" if apart else "max", "renewal": "min", "since": "min"}
    counted = table.group_by(columns.account).aggregate(
        **{role: getattr(column, sums[role])() for role, column in found.items()}
    )
    return {row.pop(columns.account): row for row in fetch(counted).to_pylist()}


def _require_days(table: ir.Table, name: str) -> None:
    """Raises :class:`~kapula.errors.ColumnTypeError` for text that is no day: taken for a blank, a contract would never end."""
    column = table[name]
    wrong = column.try_cast("date").isnull() & column.notnull() & (column.strip() != "")
    count = fetch(table.aggregate(n=wrong.sum()))["n"][0].as_py()
    if count:
        raise wrong_type(table, name, f"ISO dates ({count} rows hold other text)")


def stage_of(told: Any, facts: Mapping[str, Any], as_of: date | None, cuts: Sequence[int]) -> Any:
    """The stage an account is in: the column's, else by its dates: "onboarding" for the first ``cuts[0]`` days, "renewal" for the
    last ``cuts[1]`` before the contract ends, "use" between; None when nothing tells."""
    if told is not None:
        return told
    renewal, since = facts.get("renewal"), facts.get("since")
    if as_of is None or (renewal is None and since is None):
        return None
    if since is not None and (as_of - since).days < cuts[0]:
        return "onboarding"
    return "renewal" if renewal is not None and (renewal - as_of).days <= cuts[1] else "use"
