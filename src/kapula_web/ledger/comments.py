"""Removing comments by SQL together with all that hangs on them, as Django's own cascade would, but without reading the rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import CASCADE, ForeignObjectRel, Model

from kapula_web.ledger.imports.dialect import execute
from kapula_web.ledger.models import Comment


def remove_comments(where: str, **arguments: Any) -> int:
    """Delete the comments for which ``where`` holds, and their analyses, corrections and whatever else belongs to them.

    ``where``: SQL over ``ledger_comment`` with ``%(name)s`` parameters. Returns how many comments went.
    """
    chosen = f"SELECT id FROM ledger_comment WHERE {where}"
    for sql in _dependants(Comment, chosen):
        execute(sql, **arguments)
    return execute(f"DELETE FROM ledger_comment WHERE {where}", **arguments)


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
