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

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from kapula.connectors.columns.profile import Profile, profiles
from kapula.connectors.errors import NoRowsError
from kapula.connectors.mapping.cells import BLANKS, is_blank, number, quoted
from kapula.connectors.mapping.dates import timestamp
from kapula.connectors.mapping.mapper import connect, trimmed_cells
from kapula.connectors.source import Note, RawBatch, Source

BATCH = 50_000
SAMPLE = 5_000
_TYPES = {"number": pa.float64(), "date": pa.timestamp("us"), "text": pa.string()}


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
    backend = ibis.duckdb.connect()
    backend.con.execute("SET TimeZone = 'UTC'")
    weakref.finalize(backend, shutil.rmtree, folder, ignore_errors=True)
    return backend.read_parquet(str(path))


class _Typing:
    def __init__(self, source: Source, first: RawBatch, as_text: set[str]) -> None:
        sample = first.table.slice(0, SAMPLE)
        found, self._mark = profiles(sample, source.fields, source.options.get("decimal"))
        self._found = found
        self._kinds = [_kind(profile, as_text) for profile in found]
        self._connection = connect()

    def typed(self, table: pa.Table) -> pa.Table:
        cells = {f"t{i}": trimmed_cells(column) for i, column in enumerate(table.columns)}
        self._connection.register("_cells", pa.table(cells))
        outputs, checks = [], []
        for i, (profile, kind) in enumerate(zip(self._found, self._kinds, strict=True)):
            cell = f"t{i}"
            value = self._value(cell, kind, profile)
            outputs.append(f"{value} AS {quoted(profile.name)}")
            lost = "FALSE" if kind == "text" else f"v{i} IS NULL AND NOT {is_blank(cell, BLANKS)}"
            checks.append(f"bool_or({lost})")
        values = ", ".join(f"{self._value(f't{i}', k, p)} AS v{i}" for i, (p, k) in enumerate(zip(self._found, self._kinds, strict=True)))
        step = f"(SELECT *, {values} FROM _cells)"
        lost_columns = self._connection.execute(f"SELECT {', '.join(checks)} FROM {step}").fetchall()[0]
        again = [profile.name for profile, lost in zip(self._found, lost_columns, strict=True) if lost]
        if again:
            raise _Retype(again)
        result = self._connection.execute(f"SELECT {', '.join(outputs)} FROM _cells").to_arrow_table()
        schema = pa.schema([(p.name, _TYPES[k]) for p, k in zip(self._found, self._kinds, strict=True)])
        return result.cast(schema)

    def _value(self, cell: str, kind: str, profile: Profile) -> str:
        match kind:
            case "number":
                return number(cell, self._mark)
            case "date":
                return f"({timestamp(cell, profile.date_format)})::TIMESTAMP"
            case _:
                return cell


def _kind(profile: Profile, as_text: set[str]) -> str:
    return profile.kind if profile.kind in ("number", "date") and profile.name not in as_text else "text"
