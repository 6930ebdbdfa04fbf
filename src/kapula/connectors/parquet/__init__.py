"""Parquet files: typed columns, read group by group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kapula.connectors.arrowtext import as_text
from kapula.connectors.base import TableConnector
from kapula.connectors.contract import RowsTold
from kapula.connectors.errors import BrokenFileError, EmptyFileError
from kapula.connectors.mapping.engine import whole
from kapula.connectors.naming import header_names
from kapula.connectors.reading.kinds import head_of, kind_of
from kapula.connectors.reading.require import require_kind
from kapula.connectors.registry import register
from kapula.connectors.source import Field, Note, RawBatch, numbers_from
from kapula.local import duckdb_backend


class ParquetSource:
    def __init__(self, path: Path, file: pq.ParquetFile, options: dict[str, Any]) -> None:
        self._path = path
        self._file = file
        names, notes = header_names(file.schema_arrow.names)
        self.fields: tuple[Field, ...] = tuple(Field(name) for name in names)
        self.notes: tuple[Note, ...] = tuple(notes)
        self.more: tuple[tuple[str, ...], ...] = ()
        self.options: dict[str, Any] = {"decimal": options.get("decimal", ".")}

    def batches(self, batch_rows: int) -> Iterator[RawBatch]:
        total, done = self._file.metadata.num_rows, 0
        names = [field.name for field in self.fields]
        try:
            for piece in self._file.iter_batches(batch_rows):
                start, done = done + 1, done + piece.num_rows
                table = pa.table(
                    {name: as_text(whole(column)) for name, column in zip(names, piece.columns, strict=True)}
                )
                yield RawBatch(table, numbers_from(start, piece.num_rows), (), done, total)
        except (pa.ArrowException, OSError) as error:
            raise _broken(self._path, error) from error


class ParquetConnector(TableConnector):
    """Options: ``default_date``."""

    name = "parquet"
    suffixes = (".parquet", ".pq")

    def recognise(self, path: Path) -> float:
        try:
            kind = kind_of(head_of(path))
        except EmptyFileError:
            return 0.2 if path.suffix.lower() in self.suffixes else 0.0
        return 0.9 if kind == "parquet" else 0.3 if path.suffix.lower() in self.suffixes else 0.0

    @contextmanager
    def open(self, path: Path, options: dict[str, Any], *, peek: bool = False) -> Iterator[ParquetSource]:
        require_kind(path, "parquet")
        try:
            file = pq.ParquetFile(path)
        except (pa.ArrowException, OSError) as error:
            raise _broken(path, error) from error
        with file:
            yield ParquetSource(path, file, options)

    def table(
        self,
        path: Path,
        options: dict[str, Any],
        notes: list[Note] | None = None,
        told: RowsTold | None = None,
        verbatim: Sequence[str] = (),
    ) -> Any:
        """An Ibis table over the file itself: its types are its own, and every row has every column."""
        with self.open(path, options) as source:
            clean = [field.name for field in source.fields]
            found = list(source.notes)
        if notes is not None:
            notes.extend(found)
        backend = duckdb_backend()
        backend.con.execute("SET TimeZone = 'UTC'")
        table = backend.read_parquet(str(path))
        return table.rename(dict(zip(clean, table.columns, strict=True)))


def _broken(path: Path, error: Exception) -> BrokenFileError:
    return BrokenFileError(
        f"{path.name} cannot be read: {str(error).splitlines()[0]}.",
        hint="It was cut short or damaged: fetch it again.",
        file=path.name,
        detail=str(error)[:300],
    )


register(ParquetConnector())
