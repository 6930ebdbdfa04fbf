"""One sheet of a workbook as a :class:`~kapula.connectors.source.Source`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from kapula.connectors.arrowtext import as_text
from kapula.connectors.errors import BrokenFileError, EmptyFileError, NoRowsError, ProtectedError, UnknownSheetError
from kapula.connectors.excel.guard import check_workbook
from kapula.connectors.naming import header_names
from kapula.connectors.source import Field, Note, RawBatch

HEADER_SEARCH = 30


class SheetSource:
    """Options: ``sheet`` (name; the first with rows otherwise), ``header_row`` (1 = the first row of the sheet), ``header_rows``."""

    def __init__(self, path: Path, options: dict[str, Any], rows: int | None) -> None:
        self._name = path.name
        book = _open(path)
        sheets = list(book.sheet_names)
        self._sheet, cells = self._chosen(book, sheets, options.get("sheet"))
        start = int(options["header_row"]) - 1 if options.get("header_row") else header_place(cells)
        count = int(options.get("header_rows", 1))
        names, name_notes = header_names(_header(cells, start, count))
        self.more = tuple(tuple(_text(value) for value in row) for row in _rows(cells, start + 1, count - 1))
        kept = [i for i in range(len(names)) if not _is_void(cells[i], start + count, names[i])]
        self.fields: tuple[Field, ...] = tuple(Field(names[i]) for i in kept)
        self.more = tuple(tuple(row[i] for i in kept) for row in self.more)
        typed = self._load(book, skip=start + count, rows=rows)
        self._columns = [as_text(typed[i]) for i in kept]
        notes: list[Note] = [("sheet", self._sheet)]
        if len(sheets) > 1:
            notes.append(("other_sheets", ", ".join(name for name in sheets if name != self._sheet)))
        if start:
            notes.append(("leading_rows", str(start)))
        self.notes: tuple[Note, ...] = (*notes, *name_notes)
        self.options: dict[str, Any] = {
            key: options[key] for key in ("sheet", "header_row", "header_rows") if key in options
        }
        self.options["decimal"] = options.get("decimal", ".")

    def batches(self, batch_rows: int) -> Iterator[RawBatch]:
        table = pa.table({field.name: column for field, column in zip(self.fields, self._columns, strict=True)})
        total = table.num_rows
        filled = self._filled(total)
        numbers = pa.array(range(1, total + 1), pa.int64()).filter(filled)
        table = table.filter(filled)
        for start in range(0, table.num_rows, batch_rows):
            part = table.slice(start, batch_rows)
            yield RawBatch(part, numbers.slice(start, batch_rows), (), min(total, start + part.num_rows), total)

    def _filled(self, total: int) -> pa.Array:
        """Which rows hold something. Of a single column, an empty cell above a filled one is an empty value, as in a text file."""
        empty = pa.array([True] * total)
        for column in self._columns:
            empty = pc.and_(empty, pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), ""), True))
        filled = pc.invert(empty)
        if len(self._columns) > 1:
            return filled
        last = max((i for i, value in enumerate(filled.to_pylist()) if value), default=-1)
        return pa.array([i <= last for i in range(total)], pa.bool_())

    def _chosen(self, book: fastexcel.ExcelReader, sheets: list[str], wanted: str | None) -> tuple[str, list[pa.Array]]:
        if wanted is not None:
            found = next((name for name in sheets if name.strip().casefold() == wanted.strip().casefold()), None)
            if found is None:
                near = difflib.get_close_matches(wanted, sheets, n=1)
                raise UnknownSheetError(
                    f"{self._name} has no sheet {wanted!r}.", hint=f"It has: {', '.join(sheets)}.",
                    file=self._name, sheet=wanted, sheets=sheets, suggestion=near[0] if near else None,
                )  # fmt: skip
            return found, self._top(book, found)
        for name in sheets:
            cells = self._top(book, name)
            if cells and len(cells[0]):
                return name, cells
        raise EmptyFileError(f"{self._name} has no filled sheet.", hint="Export it again.", file=self._name)

    def _top(self, book: fastexcel.ExcelReader, sheet: str) -> list[pa.Array]:
        """The sheet's beginning as text, to find the header."""
        with _reading(self._name):
            batch = book.load_sheet(sheet, header_row=None, skip_rows=0, n_rows=HEADER_SEARCH + 200, dtypes="string")
            return list(batch.to_arrow().columns) if batch.width else []

    def _load(self, book: fastexcel.ExcelReader, *, skip: int, rows: int | None) -> list[pa.Array]:
        with _reading(self._name):
            sheet = book.load_sheet(self._sheet, header_row=None, skip_rows=skip, n_rows=rows, schema_sample_rows=None)
            columns = list(sheet.to_arrow().columns) if sheet.height else []
        if not columns:
            names = [field.name for field in self.fields]
            raise NoRowsError(
                f"{self._name} has no rows under its header.",
                hint="Export it with its rows.",
                file=self._name,
                columns=names[:50],
            )
        return columns


def header_place(cells: list[pa.Array]) -> int:
    """The header is the first row nearly as full as the fullest among the first rows: titles above it are narrow."""
    rows = list(zip(*(column.slice(0, HEADER_SEARCH).to_pylist() for column in cells), strict=True))
    filled = [sum(1 for value in row if _text(value)) for row in rows]
    most = max(filled, default=0)
    return next((i for i, count in enumerate(filled) if count >= max(1, 0.6 * most)), 0)


def _header(cells: list[pa.Array], start: int, count: int) -> list[str]:
    rows = _rows(cells, start, count)
    return [_text(value) for value in rows[0]] if rows else []


def _rows(cells: list[pa.Array], start: int, count: int) -> list[tuple[Any, ...]]:
    return list(zip(*(column.slice(start, count).to_pylist() for column in cells), strict=True))


def _is_void(column: pa.Array, start: int, name: str) -> bool:
    """An unnamed column with nothing in it: the trace of some formatting."""
    return name.startswith("column ") and not any(_text(value) for value in column.slice(start).to_pylist())


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _open(path: Path) -> fastexcel.ExcelReader:
    check_workbook(path)
    with _reading(path.name):
        return fastexcel.read_excel(str(path))


@contextmanager
def _reading(file: str) -> Iterator[None]:
    try:
        yield
    except fastexcel.FastExcelError as error:
        if "assword" in str(error):
            raise ProtectedError(f"{file} is locked by a password.", hint="Save it without one.", file=file) from error
        raise BrokenFileError(
            f"{file} cannot be read as a workbook: {str(error).splitlines()[0]}.", hint="Open it in Excel and save it again.",
            file=file, detail=str(error)[:300],
        ) from error  # fmt: skip
