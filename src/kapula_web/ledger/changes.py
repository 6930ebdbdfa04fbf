"""What the snapshot has yet to take in. Whoever writes to a canonical table says so here, in the same transaction.

A change names a stretch of ids. Nothing is said of what happened to them: the snapshot reads the stretch again.
"""

from __future__ import annotations

from typing import Final

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import LedgerChange

TABLES: Final = ("responses", "observations", "events", "outcomes")
"""Comments belong to their response: a changed comment is a change of ``responses`` at the response's id."""


def changed(*, organisation: Organisation, table: str, first_id: int, last_id: int | None = None) -> LedgerChange:
    """Rows ``first_id`` … ``last_id`` of ``table`` were added, changed or removed."""
    if table not in TABLES:
        raise ValueError(f"{table!r} is not a canonical table with rows of its own; use one of {', '.join(TABLES)}.")
    return LedgerChange.objects.create(
        organisation=organisation, table=table, first_id=first_id, last_id=first_id if last_id is None else last_id
    )
