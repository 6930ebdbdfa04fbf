"""Which accounts there are: those heard or listed anywhere, without those that have left, and how many contacts each has."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from kapula.analyses.accounts.columns import Columns
from kapula.measures.engine.request import wrong_type
from kapula.schema import require
from kapula.tables import as_table, fetch


def names_of(heard: pa.ChunkedArray, contacts: Any, details: Any, columns: Columns) -> list[Any]:
    """Every account that is known from anywhere."""
    found = set(heard.unique().to_pylist())
    for table in (contacts, details):
        if table is not None:
            other = as_table(table)
            require(other.columns, [columns.account])
            found |= set(fetch(other.select(columns.account).distinct())[columns.account].to_pylist())
    return sorted((name for name in found if name not in (None, "")), key=lambda name: (str(type(name)), name))


def unmatched(heard: pa.ChunkedArray, contacts: Any, details: Any, columns: Columns) -> tuple[str, ...]:
    """A code when the contacts or the details hold none of the accounts heard: "12" is not 12, and without a match nothing of them is
    told."""
    ours = set(heard.unique().to_pylist())
    for table in (contacts, details):
        if table is not None and ours:
            theirs = set(fetch(as_table(table).select(columns.account).distinct())[columns.account].to_pylist()) - {
                None
            }
            if theirs and not ours & theirs:
                return ("accounts_unmatched",)
    return ()


class _Gone(frozenset[Any]):
    """Everyone but those who stay: an account the details do not hold has left as well."""

    def __contains__(self, name: object) -> bool:
        return not super().__contains__(name)


def left_of(details: Any, columns: Columns) -> _Gone | None:
    """Who has left: accounts with a false in ``active``, and those the details do not hold. None when nothing tells."""
    if details is None or columns.active is None:
        return None
    table = as_table(details)
    require(table.columns, [columns.account, columns.active])
    if not table[columns.active].type().is_boolean():
        raise wrong_type(table, columns.active, "true or false")
    found = table.group_by(columns.account).aggregate(stays=table[columns.active].all())
    return _Gone(row[columns.account] for row in fetch(found).to_pylist() if row["stays"])


def known_contacts(contacts: Any, columns: Columns) -> dict[Any, int]:
    """Account → how many contacts the list has of it."""
    table = as_table(contacts)
    require(table.columns, [name for name in (columns.account, columns.contact) if name])
    number = table[columns.contact].nunique() if columns.contact else table.count()
    found = fetch(table.group_by(columns.account).aggregate(known=number)).to_pylist()
    return {row[columns.account]: int(row["known"]) for row in found}
