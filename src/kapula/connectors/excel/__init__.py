"""Excel workbooks, new and old (and OpenDocument sheets), read by calamine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kapula.connectors.base import PEEK_ROWS, TableConnector
from kapula.connectors.errors import EmptyFileError
from kapula.connectors.excel.sheet_source import SheetSource
from kapula.connectors.reading.kinds import head_of, is_workbook, kind_of
from kapula.connectors.registry import register


class ExcelConnector(TableConnector):
    """Options: ``sheet``, ``header_row`` (1 = the sheet's first), ``decimal`` of numbers kept as text, ``default_date``."""

    name = "excel"
    suffixes = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")

    def recognise(self, path: Path) -> float:
        known = path.suffix.lower() in self.suffixes
        try:
            kind = kind_of(head_of(path))
        except EmptyFileError:
            return 0.2 if known else 0.0
        if kind == "zip":
            return 0.8 if is_workbook(path) else 0.2 if known else 0.0
        # A web page or a text named .xls is tried here only to say what it is.
        return 0.8 if kind == "ole" else 0.3 if known and kind != "text" else 0.0

    @contextmanager
    def open(self, path: Path, options: dict[str, Any], *, peek: bool = False) -> Iterator[SheetSource]:
        yield SheetSource(path, options, PEEK_ROWS if peek else None)


register(ExcelConnector())
