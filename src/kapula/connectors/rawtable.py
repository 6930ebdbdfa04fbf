"""Any file as one table of its raw columns: clean names, numbers and dates typed, nothing mapped.

Cells are turned batch by batch and kept in a temporary Parquet file, so a file of any size needs little memory and is then
read lazily as often as asked.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kapula.connectors.columns.profile import Profile, profiles
from kapula.connectors.contract import ColumnPlan
from kapula.connectors.errors import NoRowsError
from kapula.connectors.mapping.cell import Cell, Number, Reading, Time
from kapula.connectors.mapping.cells import BLANKS
from kapula.connectors.mapping.engine import Engine, trimmed_cells
from kapula.connectors.source import Note, RawBatch, Source
from kapula.local import duckdb_backend

BATCH = 50_000
SAMPLE = 5_000
_NAIVE = pa.timestamp("us")


class _Retype(Exception):
    """A column held something else further down than its beginning promised."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def raw_table(open_source: Callable[[], AbstractContextManager[Source]], file: str, notes: list[Note] | None) -> Any:
    """The table: PyArrow when one batch holds it all, otherwise an Ibis table over DuckDB.

    A column is a number or a date only when all its cells are (blank texts such as "-" and "n/a" are null); otherwise it is text as it
    stands. ``notes`` receives what the source noticed and ("rows_rejected", count).
    """
    as_text: set[str] = set()
    while True:
        try:
            with open_source() as source:
                table, rejected = _convert(source, file, as_text)
                found = [*source.notes, *([("rows_rejected", str(rejected))] if rejected else [])]
        except _Retype as again:
            as_text.update(again.names)
            continue
        if notes is not None:
            notes.extend(found)
        return table


def _convert(source: Source, file: str, as_text: set[str]) -> tuple[Any, int]:
    batches = source.batches(BATCH)
    first = next(batches, None)
    if first is None or not first.table.num_rows:
        raise NoRowsError(f"{file} has no rows under its header.", hint="Export it with its rows.", file=file)
    typing = _Typing(source, first, as_text)
    rejected = len(first.rejected)
    table = typing.typed(first.table)
    second = next(batches, None)
    if second is None:
        return table, rejected
    folder = tempfile.mkdtemp(prefix="kapula-")
    try:
        path = Path(folder) / "table.parquet"
        with pq.ParquetWriter(path, table.schema) as writer:
            writer.write_table(table)
            while second is not None:
                writer.write_table(typing.typed(second.table))
                rejected += len(second.rejected)
                second = next(batches, None)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return _lazy(path, folder), rejected


def _lazy(path: Path, folder: str) -> Any:
    backend = duckdb_backend()
    backend.con.execute("SET TimeZone = 'UTC'")
    weakref.finalize(backend, shutil.rmtree, folder, ignore_errors=True)
    return backend.read_parquet(str(path))


class _Typing:
    """The kinds of the columns, told from the first rows and held to through the file."""

    def __init__(self, source: Source, first: RawBatch, as_text: set[str]) -> None:
        found, mark = profiles(first.table.slice(0, SAMPLE), source.fields, source.options.get("decimal"))
        reading = Reading(mark, BLANKS)
        engine = Engine()
        self._cells = [_cell(profile, as_text, reading, engine) for profile in found]
        self._names = [profile.name for profile in found]

    def typed(self, table: pa.Table) -> pa.Table:
        columns, lost = {}, []
        for name, cell, cells in zip(self._names, self._cells, map(trimmed_cells, table.columns), strict=True):
            if cell is None:
                columns[name] = cells
                continue
            judged = cell.column(cells)
            if judged.reasons.null_count < len(cells):
                lost.append(name)
            columns[name] = judged.values.cast(_NAIVE) if pa.types.is_timestamp(judged.values.type) else judged.values
        if lost:
            raise _Retype(lost)
        return pa.table(columns)


def _cell(profile: Profile, as_text: set[str], reading: Reading, engine: Engine) -> Cell | None:
    """None for text."""
    plan = ColumnPlan(profile.name, "value", date_format=profile.date_format)
    if profile.name in as_text or profile.kind not in ("number", "date"):
        return None
    return (Number if profile.kind == "number" else Time)(plan, profile.name, reading, engine)
