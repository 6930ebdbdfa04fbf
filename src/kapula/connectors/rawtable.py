"""Any file as one table of its raw columns: clean names; numbers, dates, true and false typed; nothing mapped.

Cells are turned batch by batch and kept in a temporary Parquet file, so a file of any size needs little memory and is then
read lazily as often as asked.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from kapula.connectors.columns.profile import Profile, profiles
from kapula.connectors.contract import ColumnPlan, RowsTold
from kapula.connectors.errors import NoRowsError
from kapula.connectors.mapping.cell import Cell, Number, Reading, Time, Word
from kapula.connectors.mapping.cells import BLANKS
from kapula.connectors.mapping.engine import Engine, trimmed_cells, whole
from kapula.connectors.naming import name_key
from kapula.connectors.source import Note, RawBatch, Source
from kapula.local import duckdb_backend

BATCH = 50_000
SAMPLE = 5_000
FLAGS: Final = {"true": True, "false": False}
"""The words that programs write for yes and no. Others, such as kyllä and x, may be answers to a question with more of them."""
_NAIVE = pa.timestamp("us")


class _Retype(Exception):
    """A column held something else further down than its beginning promised."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def raw_table(
    open_source: Callable[[], AbstractContextManager[Source]],
    file: str,
    notes: list[Note] | None = None,
    told: RowsTold | None = None,
    verbatim: Sequence[str] = (),
) -> Any:
    """The table: PyArrow when one batch holds it all, otherwise an Ibis table over DuckDB.

    A column is a number, a date or true and false only when all its cells are (blank texts such as "-" and "n/a" are null); otherwise it
    is text without the spaces around it. ``verbatim``: columns that are text as it stands in the file, spaces too, whatever it looks like.
    ``notes`` receives what the source noticed and ("rows_rejected", count); ``told`` what became of rows that did not fall into fields.
    """
    kinds = _Kinds(frozenset(map(name_key, verbatim)))
    while True:
        count = RowsTold()
        try:
            with open_source() as source:
                table = _convert(source, file, kinds, count)
                found = [*source.notes, *([("rows_rejected", str(count.left_out))] if count.left_out else [])]
        except _Retype as again:
            kinds.as_text.update(again.names)
            continue
        if notes is not None:
            notes.extend(found)
        if told is not None:
            told.take(count)
        return table


@dataclass(slots=True)
class _Kinds:
    """Keys of the columns that are left as they stand, and names of those that turned out to be text."""

    verbatim: frozenset[str]
    as_text: set[str] = field(default_factory=set)


def _convert(source: Source, file: str, kinds: _Kinds, told: RowsTold) -> Any:
    batches = _counted(source.batches(BATCH), told)
    first = next(batches, None)
    if first is None or not first.table.num_rows:
        raise _nothing(file, told)
    typing = _Typing(source, first, kinds)
    table = typing.typed(first.table)
    second = next(batches, None)
    if second is None:
        return table
    folder = tempfile.mkdtemp(prefix="kapula-")
    try:
        path = Path(folder) / "table.parquet"
        with pq.ParquetWriter(path, table.schema) as writer:
            writer.write_table(table)
            while second is not None:
                writer.write_table(typing.typed(second.table))
                second = next(batches, None)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return _lazy(path, folder)


def _counted(batches: Iterator[RawBatch], told: RowsTold) -> Iterator[RawBatch]:
    """The batches, one without a single good row left out where others have some."""
    empty: RawBatch | None = None
    filled = False
    for batch in batches:
        told.leave_out(batch.rejected)
        for mended in batch.mended:
            told.mend(mended.code, mended.line)
        if batch.table.num_rows:
            filled = True
            yield batch
        else:
            empty = batch
    if empty is not None and not filled:
        yield empty


def _nothing(file: str, told: RowsTold) -> NoRowsError:
    if not told.left_out:
        return NoRowsError(f"{file} has no rows under its header.", hint="Export it with its rows.", file=file)
    message = f"None of the {told.left_out} rows of {file} has as many fields as its header."
    return NoRowsError(message, hint="Put quotation marks around texts that hold the separator.", file=file)


def _lazy(path: Path, folder: str) -> Any:
    backend = duckdb_backend()
    backend.con.execute("SET TimeZone = 'UTC'")
    weakref.finalize(backend, shutil.rmtree, folder, ignore_errors=True)
    return backend.read_parquet(str(path))


class _Typing:
    """The kinds of the columns, told from the first rows and held to through the file."""

    def __init__(self, source: Source, first: RawBatch, kinds: _Kinds) -> None:
        found, mark = profiles(first.table.slice(0, SAMPLE), source.fields, source.options.get("decimal"))
        reading = Reading(mark, BLANKS)
        engine = Engine()
        self._names = [profile.name for profile in found]
        self._verbatim = [name_key(name) in kinds.verbatim for name in self._names]
        self._cells = [
            None if verbatim else _cell(profile, kinds.as_text, reading, engine)
            for profile, verbatim in zip(found, self._verbatim, strict=True)
        ]

    def typed(self, table: pa.Table) -> pa.Table:
        columns, lost = {}, []
        for name, cell, verbatim, found in zip(self._names, self._cells, self._verbatim, table.columns, strict=True):
            cells = whole(found) if verbatim else trimmed_cells(found)
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
    if profile.name in as_text:
        return None
    if profile.kind in ("number", "date"):
        return (Number if profile.kind == "number" else Time)(plan, profile.name, reading, engine)
    if profile.values and all(text.lower() in FLAGS for text in profile.values):
        return Word(
            plan, profile.name, reading, engine, {one: [text] for text, one in FLAGS.items()}, "not_a_flag", pa.bool_()
        )
    return None
