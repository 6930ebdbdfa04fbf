"""The ledger collected: each account's latest answers, and what is known of it beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from kapula.analyses.accounts.answers import CONTACT, DAY, WINDOW, dated, ends_of, latest_of, usable
from kapula.analyses.accounts.columns import Columns
from kapula.analyses.accounts.facts import facts_of
from kapula.analyses.accounts.known import known_contacts, left_of, names_of, unmatched
from kapula.analyses.accounts.ledger import Heard, Ledger
from kapula.analyses.accounts.refusals import require_within
from kapula.analyses.columns import checked, labels
from kapula.tables import as_table, fetch


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
    rows = dated(source, columns, timezone)
    rows, set_aside = usable(rows, columns)
    first, newest = ends_of(rows, columns)
    last = as_of or newest
    if last is not None:
        require_within(last, first, newest, days)
    latest = fetch(latest_of(rows, columns, last, days))
    left = left_of(details, columns)
    names = names_of(latest[columns.account], contacts, details, columns)
    warnings = unmatched(latest[columns.account], contacts, details, columns)
    if left is not None:
        names = [name for name in names if name not in left]
        latest = latest.filter(pa.array([name not in left for name in latest[columns.account].to_pylist()], pa.bool_()))
    code = {name: place for place, name in enumerate(names)}
    places, roles = labels(latest[columns.role]) if columns.role else (np.full(latest.num_rows, -1), [])
    window = latest[WINDOW].to_numpy()
    people = latest[CONTACT].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    heard = [_heard(latest, columns, code, places, people, window == number) for number in (0, 1)]
    facts = facts_of(rows if details is None else as_table(details), columns, last, details is not None)
    known = known_contacts(contacts, columns) if contacts is not None else None
    return Ledger(tuple(names), tuple(roles), heard[0], heard[1], last, facts, known, set_aside, warnings)


def _heard(table: pa.Table, columns: Columns, code: Mapping[Any, int], roles: Any, people: Any, rows: Any) -> Heard:
    chosen = table.filter(pa.array(rows))
    days = [-1 if day is None else day.toordinal() for day in chosen[DAY].to_pylist()]
    return Heard(
        np.array([code[name] for name in chosen[columns.account].to_pylist()], dtype=np.int64),
        np.asarray(roles)[rows],
        np.asarray(chosen[columns.score].to_numpy(), dtype=np.float64),
        np.array(days, dtype=np.int64),
        tuple(chosen[columns.stage].to_pylist()) if columns.stage else (None,) * chosen.num_rows,
        people[rows],
    )
