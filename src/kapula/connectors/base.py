"""What every connector of rows shares: it opens a file as a source of text cells; peeking and reading follow from that."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa

from kapula.connectors.columns.peek import peek_at
from kapula.connectors.contract import Batch, Peek, Plan, RowsTold
from kapula.connectors.mapping.read import map_source
from kapula.connectors.rawtable import raw_table
from kapula.connectors.source import Field, Note, Opened

PEEK_ROWS = 5_000


class TableConnector(ABC):
    """A format of rows and columns. A subclass says how to recognise it and how to open it."""

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    @abstractmethod
    def recognise(self, path: Path) -> float:
        """How surely this connector is the right one, 0…1, from the file's beginning and name."""

    @abstractmethod
    def open(self, path: Path, options: dict[str, Any], *, peek: bool = False) -> Opened:
        """The file as text cells; only its beginning when ``peek``. Raises :class:`~kapula.errors.SourceError`."""

    def know(self, fields: tuple[Field, ...], head: pa.Table) -> tuple[Field, ...]:
        """The fields with what the format itself tells of them (roles, scales). By default nothing."""
        return fields

    def peek(self, path: Path, options: dict[str, Any]) -> Peek:
        with self.open(path, options, peek=True) as source:
            return peek_at(self.name, path, source, PEEK_ROWS, self.know)

    def read(self, path: Path, plan: Plan, batch_rows: int = 50_000) -> Iterator[Batch]:
        with self.open(path, plan.options) as source:
            yield from map_source(source, plan, path.name, batch_rows)

    def table(
        self,
        path: Path,
        options: dict[str, Any],
        notes: list[Note] | None = None,
        told: RowsTold | None = None,
        verbatim: Sequence[str] = (),
    ) -> Any:
        """The raw columns as a PyArrow or Ibis table."""
        return raw_table(lambda: self.open(path, options), path.name, notes, told, verbatim)
