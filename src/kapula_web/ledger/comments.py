"""Comments: in which order they are locked, how they are removed, and what must not outlive them.

The order of locks. Whoever writes takes imports first, then answers (and events and outcomes), then their kept versions and their
comments, then what is kept of a comment (what the machine read, people's corrections, its words in the index, the themes it was found in)
and last what was made of many (what corrections taught, found themes, the codebook); and rows of one table in the order of their ids. Who
takes comments in several steps takes all of them before the first has gone, for what was made of them is taken then. Two transactions
that take the same rows in two orders wait for each other until PostgreSQL ends one of them: a person's erasure, or a reading of comments
behind it. On SQLite there is one writer at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.db.models import CASCADE, ForeignObjectRel, Model, QuerySet

from kapula_web.ledger.imports.dialect import execute, lock
from kapula_web.ledger.models import Comment

GONE: Final[list[Callable[[int], None]]] = []
"""What was made of comments and must not outlive them, however they went: each is given the organisation's id in the transaction that
removed some. An app adds its own when Django starts."""


def lock_comments(chosen: QuerySet[Comment], *, sharing_key: bool = False) -> list[int]:
    """Lock the comments in the order of their ids, until the transaction ends. Returns the ids: those that have gone are not among them.

    ``sharing_key``: others may go on adding what refers to the comments; nobody may change or remove these.
    """
    rows = chosen.select_for_update(no_key=sharing_key).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def forget_gone(organisation_id: int) -> None:
    for forget in GONE:
        forget(organisation_id)


def remove_comments(where: str, *, organisation_id: int, **arguments: Any) -> int:
    """Delete the comments for which ``where`` holds, and their analyses, corrections and whatever else belongs to them.

    By SQL, as Django's own cascade would, but without reading the rows. ``where``: SQL over ``ledger_comment`` with ``%(name)s``
    parameters; comments of one organisation. Returns how many comments went.
    """
    chosen = f"SELECT id FROM ledger_comment WHERE {where}"
    lock("ledger_comment", where, **arguments)
    for sql in _dependants(Comment, chosen):
        execute(sql, **arguments)
    removed = execute(f"DELETE FROM ledger_comment WHERE {where}", **arguments)
    if removed:
        forget_gone(organisation_id)
    return removed


def _dependants(model: type[Model], chosen: str) -> Iterator[str]:
    """What to delete first, the farthest before the nearest."""
    for relation in model._meta.related_objects:
        if not isinstance(relation, ForeignObjectRel) or relation.on_delete is not CASCADE:
            continue
        dependant = relation.related_model
        if isinstance(dependant, str):  # a model that was never made
            continue
        table, column = dependant._meta.db_table, relation.field.column
        key = dependant._meta.pk.column
        yield from _dependants(dependant, f"SELECT {key} FROM {table} WHERE {column} IN ({chosen})")
        yield f"DELETE FROM {table} WHERE {column} IN ({chosen})"
