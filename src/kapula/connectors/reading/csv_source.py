"""A text file with separators as a :class:`~kapula.connectors.source.Source`.

Rows are split by Arrow's CSV reader: it streams, keeps quoted line breaks, copes with mixed line ends and stray quotes, and
names each row of another width by its number, in order, which DuckDB's reject tables do only after the whole scan.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv

from kapula.connectors.errors import BrokenFileError
from kapula.connectors.reading.dialect import Dialect, sniff
from kapula.connectors.reading.lines import Lines
from kapula.connectors.reading.quotes import without_unclosed
from kapula.connectors.reading.ragged import Ragged, in_order
from kapula.connectors.reading.text import PEEK_BYTES, Utf8File, open_utf8
from kapula.connectors.source import Field, Mended, Note, RawBatch, rebatch

HEAD_CHARS = 1 << 20
BLOCK = 8 << 20


class CsvSource:
    """An open text file. ``unclosed``: lines of quotation marks that were left out of it, as nothing closed them."""

    def __init__(self, path: Path, file: Utf8File, options: dict[str, Any], unclosed: tuple[int, ...] = ()) -> None:
        self._name = path.name
        self._file = file
        self._unclosed = tuple(Mended("unclosed", line) for line in unclosed)
        self.dialect, head = _laid_out(file, options)
        self._skip_bytes = file.offset + len(head.encode())
        names, name_notes = self.dialect.names()
        self.fields: tuple[Field, ...] = tuple(Field(name) for name in names)
        self.more = self.dialect.more
        self.notes: tuple[Note, ...] = (
            *file.notes,
            ("separator", {"\t": "tab", "\x1f": "-"}.get(self.dialect.separator, self.dialect.separator)),
            *self.dialect.notes,
            *name_notes,
        )
        self.options: dict[str, Any] = {
            key: options[key] for key in ("encoding", "separator", "header_rows") if options.get(key) is not None
        }

    def batches(self, batch_rows: int) -> Iterator[RawBatch]:
        """Every row, in order. A row of another width comes as rejected, or mended where nothing is lost by it."""
        names = [field.name for field in self.fields]
        lines = Lines(self._file.path, self._skip_bytes)
        ragged = Ragged(names, self.dialect.separator, lines, self.dialect.named or len(names))
        ragged.mended += self._unclosed
        next_number, done = 1, self._skip_bytes
        for table in rebatch(self._stream(names, ragged), batch_rows):
            numbers, next_number = ragged.number_rows(next_number, table.num_rows)
            table, numbers = ragged.unswallow(table, numbers)
            mended, mended_numbers, rejected = ragged.take(before=next_number)
            done = min(self._file.size, done + table.nbytes)
            if mended.num_rows:
                table, numbers = in_order(
                    pa.concat_tables([table, mended]), pa.concat_arrays([numbers, mended_numbers])
                )
            yield RawBatch(table, numbers, rejected, done, self._file.size, ragged.told())
        mended, mended_numbers, rejected = ragged.take(before=None)
        if rejected or mended.num_rows or next_number == 1:
            yield RawBatch(mended, mended_numbers, rejected, self._file.size, self._file.size, ragged.told())

    def _stream(self, names: list[str], ragged: Ragged) -> Iterator[pa.RecordBatch]:
        if self._skip_bytes >= self._file.size:
            return
        file = pa.OSFile(str(self._file.path), "rb")
        file.seek(self._skip_bytes)
        try:
            reader = pacsv.open_csv(
                file,
                read_options=pacsv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=names),
                parse_options=pacsv.ParseOptions(
                    delimiter=self.dialect.separator,
                    newlines_in_values=True,
                    ignore_empty_lines=len(names) > 1,  # of a single column, an empty line is an empty value
                    invalid_row_handler=ragged.note,
                ),
                convert_options=pacsv.ConvertOptions(
                    column_types={name: pa.string() for name in names}, strings_can_be_null=False
                ),
            )
            yield from reader
        except pa.ArrowInvalid as error:
            if "Empty CSV file" in str(error):
                return
            raise self._broken(error) from error
        finally:
            file.close()

    def _broken(self, error: Exception) -> BrokenFileError:
        return BrokenFileError(
            f"{self._name} cannot be split into rows: {error}.",
            hint="A quotation mark is opened and never closed, or a field is larger than 8 MB.",
            file=self._name,
            detail=str(error),
        )


def _laid_out(file: Utf8File, options: dict[str, Any]) -> tuple[Dialect, str]:
    """The layout, and all that stands before the first row."""
    with open(file.path, encoding="utf-8", newline="") as opened:
        opened.seek(file.offset)
        head = opened.read(HEAD_CHARS)
    dialect = sniff(
        head,
        whole=len(head) < HEAD_CHARS and file.whole,
        separator=options.get("separator"),
        header_rows=options.get("header_rows"),
        named=options.get("named"),
    )
    return dialect, head[: dialect.skip]


@contextmanager
def open_csv(path: Path, options: dict[str, Any], *, peek: bool = False) -> Iterator[CsvSource]:
    """The file, or its first megabytes for a peek."""
    with open_utf8(path, encoding=options.get("encoding"), limit=PEEK_BYTES if peek else None) as file:
        seen, _ = _laid_out(file, options)
        with without_unclosed(file, seen.separator, seen.width) as (sound, unclosed):
            yield CsvSource(path, sound, options, unclosed)
