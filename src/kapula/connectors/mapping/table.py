"""The common course of every shape: judge the cells, set the refused rows apart, name the others, hand over a batch."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kapula.connectors.contract import Batch, ColumnPlan, RejectedRow
from kapula.connectors.mapping.binding import Bound
from kapula.connectors.mapping.cell import Cell, Judged, Text
from kapula.connectors.mapping.engine import Engine, trimmed_cells
from kapula.connectors.mapping.identity import Identity
from kapula.connectors.source import RawBatch

Mask = NDArray[np.bool_]
Reason = tuple[str, str, Mask]
"""A column ("" for the whole row), a rejection code, and the rows it concerns."""


class Columns:
    """The judged columns of one stretch. ``get`` gives nulls for what the plan does not have."""

    def __init__(self, judged: dict[str, Judged], size: int) -> None:
        self._judged = judged
        self.size = size

    def get(self, output: str, kind: pa.DataType | None = None) -> pa.Array:
        found = self._judged.get(output)
        return pa.nulls(self.size, kind or pa.string()) if found is None else found.values

    def wrong(self, output: str) -> Mask:
        """The rows whose cell was refused."""
        found = self._judged.get(output)
        if found is None:
            return np.zeros(self.size, dtype=bool)
        return np.asarray(found.reasons.is_valid().to_numpy(zero_copy_only=False))

    def null(self, output: str) -> Mask:
        return np.asarray(pc.is_null(self.get(output)).to_numpy(zero_copy_only=False))


class TableMapper(ABC):
    """Maps one file into one canonical table. Subclasses say which cells there are and how the good rows are handed over."""

    table: ClassVar[str]

    def __init__(self, bound: Bound) -> None:
        self.bound = bound
        self.engine = Engine()
        self.identity = Identity(self.engine)
        self._cells = list(self.cells())

    @abstractmethod
    def cells(self) -> Sequence[Cell]:
        """The cells of a row, each with its own output."""

    @abstractmethod
    def rows(self, columns: Columns, ids: pa.Array, keep: pa.Array) -> tuple[pa.Table, pa.Table | None]:
        """The kept rows in canonical form, and their comments if the table has them."""

    def row_reasons(self, columns: Columns) -> Sequence[Reason]:
        """What is wrong with rows as wholes."""
        return ()

    def keys(self, columns: Columns) -> pa.Array | None:
        """What must not stand twice in the file with different contents: the file's own ids, null where it has none."""
        return columns.get("external_id") if self.bound.one("external_id") else None

    def named(self, columns: Columns) -> pa.Array:
        """The ids that the rows bring with them, null where they have none."""
        return columns.get("external_id")

    def text(self, plan: ColumnPlan, output: str) -> Cell:
        return Text(plan, output, self.bound.reading, self.engine)

    def texts(self, roles: Sequence[str]) -> list[Cell]:
        return [self.text(plan, role) for role in roles if (plan := self.bound.one(role))]

    def batch(self, raw: RawBatch, given_ids: pa.Array | None = None) -> Batch:
        """``given_ids``: names for rows that have none of their own (corrected rows keep their identity)."""
        cells = dict(zip(self.bound.columns, map(trimmed_cells, raw.table.columns), strict=True))
        judged = {cell.output: cell.column(cells[cell.plan.column]) for cell in self._cells}
        columns = Columns(judged, raw.table.num_rows)
        contents = self.engine.contents(list(cells.values()), self.bound.columns)
        named = self.named(columns) if given_ids is None else pc.coalesce(self.named(columns), given_ids)
        ids = self.identity.completed(named, contents)
        reasons = [*_cell_reasons(self._cells, judged), *self.row_reasons(columns)]
        refused = np.logical_or.reduce([mask for _, _, mask in reasons]) if reasons else np.zeros(len(ids), dtype=bool)
        same, changed = self._twins(columns, contents, refused)
        if changed.any():
            key = self.bound.one("external_id")
            reasons.append((key.column if key else "", "duplicate_in_file", changed))
        keep = pa.array(~(refused | same | changed))
        rows, comments = self.rows(columns, ids, keep)
        rejected = (*self._unsplit(raw.rejected), *_rejected(raw, reasons, refused | changed, ids))
        return Batch(
            self.table,
            rows,
            comments,
            tuple(sorted(rejected, key=lambda row: row.number)),
            raw.done,
            raw.total,
            int(same.sum()),
            tuple((one.code, one.line) for one in raw.mended),
        )

    def close(self) -> None:
        self.engine.close()
        self.identity.close()

    def _twins(self, columns: Columns, contents: pa.Array, refused: Mask) -> tuple[Mask, Mask]:
        same, changed = np.zeros(len(refused), dtype=bool), np.zeros(len(refused), dtype=bool)
        keys = self.keys(columns)
        if keys is None:
            return same, changed
        asked = np.flatnonzero(~refused & keys.is_valid().to_numpy(zero_copy_only=False))
        if len(asked):
            same[asked], changed[asked] = self.identity.twins(
                keys.take(pa.array(asked)), contents.take(pa.array(asked))
            )
        return same, changed

    def _unsplit(self, rejected: Sequence[RejectedRow]) -> list[RejectedRow]:
        """Rows that never became cells get an identity from what they hold."""
        if not rejected:
            return []
        contents = ["\x1f".join(f"{name}={cell}" for name, cell in row.raw.items() if cell) for row in rejected]
        made = self.identity.made(self.engine.hashes(contents)).to_pylist()
        return [replace(row, external_id=row.external_id or name) for row, name in zip(rejected, made, strict=True)]


def _cell_reasons(cells: Sequence[Cell], judged: dict[str, Judged]) -> list[Reason]:
    found = []
    for cell in cells:
        reasons = judged[cell.output].reasons
        if reasons.null_count == len(reasons):
            continue
        for code in pc.unique(reasons.drop_null()).to_pylist():
            mask = pc.fill_null(pc.equal(reasons, code), False).to_numpy(zero_copy_only=False)
            found.append((cell.plan.column, code, mask))
    return found


def _rejected(raw: RawBatch, reasons: Sequence[Reason], refused: Mask, ids: pa.Array) -> list[RejectedRow]:
    """The refused rows, each with all its reasons."""
    at = np.flatnonzero(refused)
    if not len(at):
        return []
    places = pa.array(at)
    rows = raw.table.take(places).to_pylist()
    numbers, names = raw.numbers.take(places).to_pylist(), ids.take(places).to_pylist()
    return [
        RejectedRow(number, {k: v or None for k, v in row.items()}, _reasons_of(int(i), row, reasons), name)
        for i, number, row, name in zip(at, numbers, rows, names, strict=True)
    ]


def _reasons_of(i: int, row: dict[str, str | None], reasons: Sequence[Reason]) -> tuple[tuple[str, str, str], ...]:
    found = tuple((column, code, (row.get(column) or "").strip()) for column, code, mask in reasons if mask[i])
    # A row whose only answer is unreadable is not empty.
    return tuple(reason for reason in found if reason[1] != "empty_answer") or found
