"""Columns of one name in Parquet files that an engine reads itself: called as in every other file."""

from __future__ import annotations

from collections.abc import Sequence

from ibis.expr import types as ir

from kapula.connectors.naming import unique
from kapula.connectors.source import Note


def told_apart(table: ir.Table, held: Sequence[str], notes: list[Note]) -> ir.Table:
    """The table with later columns of one name as ``x (2)``, as ``notes`` then says; the engine calls them by names of its own (``x_1``).

    ``table``: as the engine read it; its columns begin with those that the file holds, ``held``, in their order.
    """
    names = unique(held)
    repeated = [new for old, new in zip(held, names, strict=True) if old != new]
    if not repeated:
        return table
    notes.append(("duplicate_header", ", ".join(repeated)))
    return table.rename({new: now for new, now in zip(names, table.columns, strict=False) if new != now})
