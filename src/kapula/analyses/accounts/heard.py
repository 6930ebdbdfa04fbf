"""What each account's contacts said last, and what is known of the account beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr import types as ir
from numpy.typing import NDArray

from kapula.analyses.columns import checked, labels
from kapula.measures.engine.periods import period_start
from kapula.measures.engine.request import wrong_type
from kapula.schema import require
from kapula.tables import as_table, fetch

DAY: Final = "kapula_day"
RANK: Final = "kapula_rank"
WINDOW: Final = "kapula_window"
CONTACT: Final = "kapula_contact"


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns; None where the table has none. Without ``contact`` every answer is a contact of its own."""

    account: str
    score: str
    contact: str | None
    role: str | None
    time: str | None
    stage: str | None
    revenue: str | None
    renewal: str | None
    since: str | None
    active: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One entry a contact: ``account`` and ``role`` codes (role −1 where blank), the score and the day (ordinal, −1 without time)."""

    account: NDArray[np.int64]
    role: NDArray[np.int64]
    score: NDArray[np.float64]
    day: NDArray[np.int64]
    stage: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """``now`` and ``before``: the latest answers within the window that ends on ``as_of``, and within the one before it. ``facts``:
    account
    → revenue, renewal, since. ``known``: account → contacts there are, None when no list of them was given."""

    names: tuple[Any, ...]
    roles: tuple[Any, ...]
    now: Heard
    before: Heard
    as_of: date | None
    facts: Mapping[Any, Mapping[str, Any]]
    known: Mapping[Any, int] | None
    set_aside: Mapping[str, int]


def collect(
    table: Any,
    columns: Columns,
    *,
    as_of: date | None,
    days: int,
    contacts: Any,
    details: Any,
    filters: Any,
    timezone: str,
) -> Ledger:
    """The ledger of the accounts. Rows without account, contact or score are set aside and counted."""
    others = [name for name in (columns.account, columns.contact, columns.role, columns.time, columns.stage) if name]
    own = [name for name in (columns.revenue, columns.renewal, columns.since) if name] if details is None else []
    source = checked(table, [columns.score], others=[*others, *own], filters=filters)
    rows = _dated(source, columns, timezone)
    rows, set_aside = _usable(rows, columns)
    last = as_of or _last(rows, columns)
    latest = fetch(_latest(rows, columns, last, days))
    left = _left(details, columns)
    names = _names(latest[columns.account], contacts, details, columns)
    if left is not None:
        names = [name for name in names if name not in left]
        latest = latest.filter(pa.array([name not in left for name in latest[columns.account].to_pylist()], pa.bool_()))
    code = {name: place for place, name in enumerate(names)}
    places, roles = labels(latest[columns.role]) if columns.role else (np.full(latest.num_rows, -1), [])
    window = latest[WINDOW].to_numpy()
    heard = [_heard(latest, columns, code, places, window == number) for number in (0, 1)]
    facts = _facts(rows if details is None else as_table(details), columns, last, details is not None)
    known = _known(contacts, columns) if contacts is not None else None
    return Ledger(tuple(names), tuple(roles), heard[0], heard[1], last, facts, known, set_aside)


def _dated(table: ir.Table, columns: Columns, timezone: str) -> ir.Table:
    if columns.time is None:
        return table.mutate(**{DAY: ibis.null("date")})
    kind = table[columns.time].type()
    if not (kind.is_date() or kind.is_timestamp() or kind.is_string()):
        raise wrong_type(table, columns.time, "a date, a timestamp or ISO text")
    column = table[columns.time].try_cast("timestamp") if kind.is_string() else table[columns.time]
    wrong = fetch(table.aggregate(n=(column.isnull() & table[columns.time].notnull()).sum()))["n"][0].as_py()
    if wrong:
        raise wrong_type(table, columns.time, f"ISO dates ({wrong} rows hold other text)")
    return table.mutate(**{DAY: period_start(column, "day", timezone).cast("date")})


def _usable(table: ir.Table, columns: Columns) -> tuple[ir.Table, dict[str, int]]:
    """Rows with everything that makes them an answer, and how many lacked what."""
    needed = {"account": columns.account, "contact": columns.contact, "score": columns.score, "time": columns.time}
    wanted = {role: _present(table[name]) for role, name in needed.items() if name}
    counts = fetch(table.aggregate(**{role: (~test).cast("int64").sum() for role, test in wanted.items()})).to_pylist()[
        0
    ]
    return table.filter(*wanted.values()), {role: int(n) for role, n in counts.items() if n}


def _present(column: Any) -> Any:
    return column.notnull() & (column != "") if column.type().is_string() else column.notnull()


def _last(table: ir.Table, columns: Columns) -> date | None:
    if columns.time is None:
        return None
    found: date | None = fetch(table.aggregate(last=table[DAY].max()))["last"][0].as_py()
    return found


def _latest(table: ir.Table, columns: Columns, last: date | None, days: int) -> ir.Table:
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
        start, earlier = last - timedelta(days=days), last - timedelta(days=2 * days)
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


def _heard(table: pa.Table, columns: Columns, code: Mapping[Any, int], roles: Any, rows: Any) -> Heard:
    chosen = table.filter(pa.array(rows))
    days = [-1 if day is None else day.toordinal() for day in chosen[DAY].to_pylist()]
    return Heard(
        np.array([code[name] for name in chosen[columns.account].to_pylist()], dtype=np.int64),
        np.asarray(roles)[rows],
        np.asarray(chosen[columns.score].to_numpy(), dtype=np.float64),
        np.array(days, dtype=np.int64),
        tuple(chosen[columns.stage].to_pylist()) if columns.stage else (None,) * chosen.num_rows,
    )


def _names(heard: pa.ChunkedArray, contacts: Any, details: Any, columns: Columns) -> list[Any]:
    """Every account that is known from anywhere."""
    found = set(heard.unique().to_pylist())
    for table in (contacts, details):
        if table is not None:
            other = as_table(table)
            require(other.columns, [columns.account])
            found |= set(fetch(other.select(columns.account).distinct())[columns.account].to_pylist())
    return sorted((name for name in found if name not in (None, "")), key=lambda name: (str(type(name)), name))


class _Gone(frozenset[Any]):
    """Everyone but those who stay: an account the details do not hold has left as well."""

    def __contains__(self, name: object) -> bool:
        return not super().__contains__(name)


def _left(details: Any, columns: Columns) -> _Gone | None:
    """Who has left: accounts with a false in ``active``, and those the details do not hold. None when nothing tells."""
    if details is None or columns.active is None:
        return None
    table = as_table(details)
    require(table.columns, [columns.account, columns.active])
    if not table[columns.active].type().is_boolean():
        raise wrong_type(table, columns.active, "true or false")
    found = table.group_by(columns.account).aggregate(stays=table[columns.active].all())
    return _Gone(row[columns.account] for row in fetch(found).to_pylist() if row["stays"])


def _known(contacts: Any, columns: Columns) -> dict[Any, int]:
    table = as_table(contacts)
    require(table.columns, [name for name in (columns.account, columns.contact) if name])
    number = table[columns.contact].nunique() if columns.contact else table.count()
    found = fetch(table.group_by(columns.account).aggregate(known=number)).to_pylist()
    return {row[columns.account]: int(row["known"]) for row in found}


def _facts(table: ir.Table, columns: Columns, last: date | None, apart: bool) -> dict[Any, dict[str, Any]]:
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
