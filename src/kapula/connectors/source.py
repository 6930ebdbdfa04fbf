"""A file as a stream of text cells: what every connector opens and the mapping reads.

Cells are text whatever the format, so that one set of checks serves every connector and every corrected row:
numbers with a decimal point and no needless decimals (``5``, ``4.5``), real dates in ISO 8601, "" or null for blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyarrow as pa

from kapula.connectors.contract import RejectedRow

Note = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """A column as the file declares it. ``label``: its long text. ``labels``: code → label. ``missing``: declared missing codes.
    ``role`` and ``options`` are a connector's own certain knowledge, put above what names and values suggest."""

    name: str
    label: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    role: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended while a file was split into rows, and on which of its lines where that is known.

    ``joined``: separators stood in a text without quotation marks. ``unclosed``: a quotation mark was opened and never closed.
    """

    code: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class RawBatch:
    """A stretch of cells. ``table``: string columns named as the fields. ``numbers``: each row's number in the file, 1 = the first
    after the header. ``rejected``: rows that could not even be split into fields. ``done``/``total``: bytes or rows. ``mended``: what
    had to be put right to have these rows."""

    table: pa.Table
    numbers: pa.Array
    rejected: tuple[RejectedRow, ...]
    done: int
    total: int
    mended: tuple[Mended, ...] = ()


class Source(Protocol):
    """An open file. ``options`` are the readings worth pinning in the plan (decimal, sheet …). ``more``: header rows after the first."""

    fields: tuple[Field, ...]
    notes: tuple[Note, ...]
    options: dict[str, Any]
    more: tuple[tuple[str, ...], ...]

    def batches(self, batch_rows: int) -> Iterator[RawBatch]:
        """The whole file, or as much of it as it was opened for."""


Opened = AbstractContextManager[Source]


def text_table(columns: Mapping[str, list[str | None]]) -> pa.Table:
    """Columns of cells as the Arrow table a :class:`RawBatch` carries."""
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def numbers_from(start: int, count: int) -> pa.Array:
    return pa.array(range(start, start + count), pa.int64())


def rebatch(tables: Iterator[pa.RecordBatch | pa.Table], rows: int) -> Iterator[pa.Table]:
    """The same rows in stretches of exactly ``rows`` (the last may be shorter)."""
    pending: list[pa.Table] = []
    held = 0
    for piece in tables:
        pending.append(pa.Table.from_batches([piece]) if isinstance(piece, pa.RecordBatch) else piece)
        held += piece.num_rows
        while held >= rows:
            whole = pa.concat_tables(pending)
            yield whole.slice(0, rows)
            pending, held = [whole.slice(rows)], held - rows
    if held:
        yield pa.concat_tables(pending)
