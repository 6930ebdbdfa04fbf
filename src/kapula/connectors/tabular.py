"""Survey tools' exports: a known layout inside a CSV file or a workbook, told by its column names."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from kapula.connectors.base import PEEK_ROWS, TableConnector
from kapula.connectors.excel.sheet_source import SheetSource
from kapula.connectors.reading.csv_source import open_csv
from kapula.connectors.reading.kinds import head_of, is_workbook, kind_of
from kapula.connectors.source import Source
from kapula.errors import SourceError

Glance = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Column names, and the first rows."""


class TabularConnector(TableConnector):
    """A subclass tells its exports by their names and first rows, and what it knows of their columns."""

    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".txt", ".tsv", ".xlsx", ".xls")
    layout: ClassVar[dict[str, Any]] = {}
    """Options every file of the kind has (header_rows …)."""

    @abstractmethod
    def signs(self, names: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> float:
        """How surely columns of these names with these first rows are this tool's export."""

    def recognise(self, path: Path) -> float:
        try:
            state = path.stat()
            glance = _glance(path, state.st_mtime_ns, state.st_size)
        except (SourceError, OSError):
            return 0.0
        return self.signs(*glance) if glance else 0.0

    @contextmanager
    def open(self, path: Path, options: dict[str, Any], *, peek: bool = False) -> Iterator[Source]:
        chosen = {**self.layout, **options}
        if _is_workbook(path):
            yield self.arrange(SheetSource(path, chosen, PEEK_ROWS if peek else None))
        else:
            with open_csv(path, chosen, peek=peek) as source:
                yield self.arrange(source)

    def arrange(self, source: Source) -> Source:
        """The source as this tool's export; by default as it stands."""
        return source


def _is_workbook(path: Path) -> bool:
    kind = kind_of(head_of(path))
    return kind == "ole" or (kind == "zip" and is_workbook(path))


@lru_cache(maxsize=8)
def _glance(path: Path, changed: int, size: int) -> Glance | None:
    """The names and the first rows, read once for all the tools."""
    kind = kind_of(head_of(path))
    if kind == "text":
        with open_csv(path, {}, peek=True) as source:
            return tuple(f.name for f in source.fields), source.dialect.records[:50]
    if _is_workbook(path):
        sheet = SheetSource(path, {}, 50)
        rows = next(sheet.batches(50)).table.to_pylist()
        return tuple(f.name for f in sheet.fields), tuple(tuple(cell or "" for cell in row.values()) for row in rows)
    return None
