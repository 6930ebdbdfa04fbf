"""Text files with separators: ``.csv``, ``.txt``, ``.tsv`` and the same gzipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kapula.connectors.base import TableConnector
from kapula.connectors.errors import EmptyFileError
from kapula.connectors.reading.csv_source import open_csv
from kapula.connectors.reading.kinds import head_of, kind_of
from kapula.connectors.registry import register
from kapula.connectors.source import Opened


class CsvConnector(TableConnector):
    """Options: ``encoding``, ``separator``, ``decimal``, ``header_rows`` (0: none), ``default_date``, ``timezone``; ``named``, a column
    that the file is said to have (it tells a file of that column alone from a table below a title)."""

    name = "csv"
    suffixes = (".csv", ".txt", ".tsv", ".tab", ".gz")

    def recognise(self, path: Path) -> float:
        try:
            kind = kind_of(head_of(path))
        except EmptyFileError:
            return 0.1
        known = path.suffix.lower() in self.suffixes
        if kind in ("text", "gzip"):
            return 0.6 if known else 0.4
        # A workbook named .csv is tried as CSV only to say what it is, unless its own connector takes it.
        return 0.1 if known else 0.0

    def open(self, path: Path, options: dict[str, Any], *, peek: bool = False) -> Opened:
        return open_csv(path, options, peek=peek)


register(CsvConnector())
