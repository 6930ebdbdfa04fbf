"""A first look at an open source: its columns, its first rows and the suggested plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from kapula.connectors.columns.plan import suggest
from kapula.connectors.columns.profile import Profile, profiles
from kapula.connectors.contract import Peek, PeekColumn
from kapula.connectors.errors import NoRowsError
from kapula.connectors.source import Field, Note, Source

SHOWN_ROWS = 20
SAMPLES = 5
CELL_LENGTH = 200


def peek_at(
    connector: str,
    path: Path,
    source: Source,
    rows: int,
    know: Callable[[tuple[Field, ...], pa.Table], tuple[Field, ...]],
) -> Peek:
    """Raises :class:`NoRowsError` when there is a header and nothing under it."""
    head, rejected, done, total = _head(source, rows)
    if not head.num_rows:
        names = [field.name for field in source.fields]
        raise NoRowsError(
            f"{path.name} has no rows under its header.",
            hint="Export it with its rows.",
            file=path.name,
            columns=names[:50],
        )
    fields = know(source.fields, head)
    found, mark = profiles(head, fields, source.options.get("decimal"))
    plan, plan_notes = suggest(connector, found, {"decimal": mark, **source.options}, path, head)
    notes: list[Note] = [*source.notes, *(([("decimal_comma", "")]) if mark == "," else []), *plan_notes]
    if rejected:
        notes.append(("rows_rejected", str(rejected)))
    shown = head.slice(0, SHOWN_ROWS).to_pylist()
    return Peek(
        connector,
        tuple(_column(profile) for profile in found),
        tuple(tuple(_short(cell or "") for cell in row.values()) for row in shown),
        plan,
        head.num_rows + rejected if done >= total and head.num_rows < rows else None,
        tuple(notes),
    )


def _head(source: Source, rows: int) -> tuple[pa.Table, int, int, int]:
    taken: list[pa.Table] = []
    rejected = held = 0
    done, total = 0, 1
    for batch in source.batches(rows):
        taken.append(batch.table)
        rejected += len(batch.rejected)
        held += batch.table.num_rows
        done, total = batch.done, batch.total
        if held >= rows:
            break
    names = [field.name for field in source.fields]
    empty = pa.table({name: pa.array([], pa.string()) for name in names})
    return (pa.concat_tables(taken) if taken else empty).slice(0, rows), rejected, done, total


def _column(profile: Profile) -> PeekColumn:
    samples = tuple(_short(text) for text in list(profile.values)[:SAMPLES])
    return PeekColumn(
        profile.name, profile.field.label, profile.kind, samples, len(profile.values), round(profile.blank, 4)
    )


def _short(text: str) -> str:
    return text if len(text) <= CELL_LENGTH else text[: CELL_LENGTH - 1] + "…"
