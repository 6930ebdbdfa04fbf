"""The common course of every shape: run the query, set the refused rows apart, name the others, hand over a batch."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kapula.connectors.contract import Batch, RejectedRow
from kapula.connectors.mapping.binding import Bound
from kapula.connectors.mapping.cell import Cell
from kapula.connectors.mapping.mapper import Identity, Query, connect, reasons_of
from kapula.connectors.source import RawBatch


class TableMapper(ABC):
    """Maps one file into one canonical table. Subclasses say which cells there are and how the good rows are handed over."""

    table: ClassVar[str]

    def __init__(self, bound: Bound) -> None:
        self.bound = bound
        self.connection = connect()
        self.identity = Identity(self.connection)
        self.query = Query(bound.columns, self.cells())

    @abstractmethod
    def cells(self) -> Sequence[Cell]:
        """The outputs of a row. One named ``_given`` is the file's external id; one named ``_key`` what must not repeat."""

    @abstractmethod
    def rows(self, good: pa.Table, ids: pa.Array) -> tuple[pa.Table, pa.Table | None]:
        """The canonical rows, and the comments if the table has them."""

    def batch(self, raw: RawBatch, given_ids: pa.Array | None = None) -> Batch:
        """``given_ids``: names for rows that have none of their own (corrected rows keep their identity)."""
        result = self.query.run(self.connection, raw.table, raw.numbers)
        ids = self._ids(result, given_ids)
        refused = self._refused(result)
        same, changed = self._twins(result, refused)
        rejected = (
            *self._split_rejects(raw.rejected),
            *reasons_of(self.query, result, raw.table, np.flatnonzero(refused).tolist(), ids),
            *self._duplicates(result, raw.table, np.flatnonzero(changed).tolist(), ids),
        )
        keep = pa.array(~(refused | same | changed))
        rows, comments = self.rows(result.filter(keep), ids.filter(keep))
        rejected = tuple(sorted(rejected, key=lambda row: row.number))
        return Batch(self.table, rows, comments, rejected, raw.done, raw.total, int(same.sum()))

    def close(self) -> None:
        self.connection.close()

    def _ids(self, result: pa.Table, given_ids: pa.Array | None) -> pa.Array:
        given = result["_given"] if "_given" in result.column_names else None
        ids = self.identity.name(given, result["_content"])
        if given_ids is None:
            return ids
        own = given.combine_chunks() if given is not None else pa.nulls(len(ids), pa.string())
        return pc.coalesce(own, given_ids, ids)

    def _refused(self, result: pa.Table) -> np.ndarray:
        refused = np.zeros(result.num_rows, dtype=bool)
        for i in range(len(self.query.checked)):
            refused |= result[f"_reason_{i}"].is_valid().to_numpy()
        return refused

    def _twins(self, result: pa.Table, refused: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        same = np.zeros(result.num_rows, dtype=bool)
        changed = np.zeros(result.num_rows, dtype=bool)
        name = "_key" if "_key" in result.column_names else "_given"
        if name not in result.column_names:
            return same, changed
        asked = np.flatnonzero(~refused & result[name].is_valid().to_numpy())
        if len(asked):
            picked = result.take(pa.array(asked))
            twins = self.identity.twins(picked[name], picked["_content"])
            same[asked], changed[asked] = (twin.to_numpy(zero_copy_only=False) for twin in twins)
        return same, changed

    def _duplicates(self, result: pa.Table, raw: pa.Table, at: Sequence[int], ids: pa.Array) -> list[RejectedRow]:
        if not at:
            return []
        places = pa.array(at, pa.int64())
        column = next((cell.column for cell in self.query.cells if cell.output in ("_given", "_key")), "")
        return [
            RejectedRow(number, {k: v or None for k, v in row.items()}, ((column, "duplicate_in_file", name),), name)
            for number, row, name in zip(
                result["_number"].take(places).to_pylist(),
                raw.take(places).to_pylist(),
                ids.take(places).to_pylist(),
                strict=True,
            )
        ]

    def _split_rejects(self, rejected: Sequence[RejectedRow]) -> list[RejectedRow]:
        """Rows that never became cells get an identity from what they hold."""
        if not rejected:
            return []
        content = pa.array(["\x1f".join(f"{k}={v}" for k, v in row.raw.items() if v) for row in rejected])
        hashes = self.connection.execute("SELECT md5(unnest(?::VARCHAR[]))", [content.to_pylist()]).fetchall()
        names = self.identity.name(None, pa.chunked_array([pa.array([h for (h,) in hashes], pa.string())]))
        return [
            RejectedRow(row.number, row.raw, row.reasons, row.external_id or name)
            for row, name in zip(rejected, names.to_pylist(), strict=True)
        ]
