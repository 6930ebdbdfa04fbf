"""What the snapshot has yet to take in. Whoever writes to a canonical table says so here, in the same transaction.

A change names a stretch of ids. Nothing is said of what happened to them: the snapshot reads the stretch again.

Every change gives the data a new version, and figures are then computed anew. Work that changes a little at a time for a long while
says when its changes are due (``due_at``): the snapshot takes them in then, or along with the first change that cannot wait.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import LedgerChange

TABLES: Final = ("responses", "comments", "observations", "events", "outcomes")
"""Comments belong to their response and go by its id: a change of ``responses`` is one of its comments too, a change of ``comments``
one of what is said of them and not of the answers beside them."""


def changed(
    *,
    organisation: Organisation,
    table: str,
    first_id: int,
    last_id: int | None = None,
    due_at: datetime | None = None,
) -> LedgerChange:
    """Rows ``first_id`` … ``last_id`` of ``table`` were added, changed or removed.

    ``due_at``: how long the snapshot may wait; None: not at all.
    """
    if table not in TABLES:
        raise ValueError(f"{table!r} is not a canonical table with rows of its own; use one of {', '.join(TABLES)}.")
    last = first_id if last_id is None else last_id
    return LedgerChange.objects.create(
        organisation=organisation, table=table, first_id=first_id, last_id=last, due_at=due_at
    )


def all_due(*, organisation: Organisation) -> None:
    """The long work has ended: what it changed need not wait any longer."""
    LedgerChange.objects.filter(organisation=organisation).exclude(due_at=None).update(due_at=None)
