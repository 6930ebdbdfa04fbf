"""The DuckDB behind one import: what is asked of it is asked of whole columns of distinct cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kapula.connectors.mapping.cells import literal, number
from kapula.connectors.mapping.dates import timestamp
from kapula.connectors.mapping.periods import period_start
from kapula.connectors.naming import name_key


def connect() -> duckdb.DuckDBPyConnection:
    """An engine of its own: in memory, modest, with UTC as its zone."""
    connection = duckdb.connect(":memory:")
    connection.execute("SET TimeZone = 'UTC'; SET memory_limit = '512MB'")
    return connection


class Engine:
    """Expressions over one column of text, and the hashes that identify rows."""

    def __init__(self) -> None:
        self._connection = connect()

    def close(self) -> None:
        self._connection.close()

    def numbers(self, texts: pa.Array, decimal: str) -> NDArray[np.float64]:
        """The cells as numbers, NaN where they are none."""
        found = self._column(texts, number("v", decimal), pa.float64())
        return np.asarray(pc.fill_null(found, float("nan")).to_numpy(zero_copy_only=False))

    def timestamps(self, texts: pa.Array, date_format: str | None, timezone: str | None) -> pa.Array:
        return self._column(texts, timestamp("v", date_format, timezone), pa.timestamp("us", tz="UTC"))

    def period_starts(self, texts: pa.Array, date_format: str | None, grain: str) -> pa.Array:
        return self._column(texts, period_start("v", date_format, grain), pa.date32())

    def contents(self, cells: Sequence[pa.Array], columns: Sequence[str]) -> pa.Array:
        """An md5 of each row's non-blank cells with their names, whatever the columns' order: stable between versions."""
        ordered = sorted(range(len(columns)), key=lambda i: name_key(columns[i]))
        pairs = ", ".join(f"{literal(name_key(columns[i]) + '=')} || t{i}" for i in ordered)
        table = pa.table({f"t{i}": column for i, column in enumerate(cells)})
        return self._query(f"SELECT md5(concat_ws(chr(31), {pairs})) AS v FROM _cells", table, pa.string())

    def keys(self, texts: pa.Array) -> NDArray[np.uint64]:
        """A stable 64-bit key for each text."""
        return np.asarray(self._column(texts, "md5_number_lower(v)", pa.uint64()).to_numpy(zero_copy_only=False))

    def hashes(self, texts: Sequence[str]) -> pa.Array:
        return self.hashed(pa.array(texts, pa.string()))

    def hashed(self, texts: pa.Array) -> pa.Array:
        """An md5 of each text; null of null."""
        return self._column(texts, "md5(v)", pa.string())

    def _column(self, texts: pa.Array, expression: str, kind: pa.DataType) -> pa.Array:
        if not len(texts):
            return pa.array([], kind)
        return self._query(f"SELECT {expression} AS v FROM _cells", pa.table({"v": texts}), kind)

    def _query(self, sql: str, table: pa.Table, kind: pa.DataType) -> pa.Array:
        self._connection.register("_cells", table)
        try:
            found: Any = self._connection.execute(sql).to_arrow_table()["v"]
        finally:
            self._connection.unregister("_cells")
        return whole(pc.cast(found, kind))


def whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """One array of a column in pieces."""
    if isinstance(column, pa.Array):
        return column
    return (
        column.chunk(0)
        if column.num_chunks == 1
        else pa.concat_arrays(column.chunks)
        if column.num_chunks
        else column.combine_chunks()
    )


def trimmed_cells(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Cells without spaces around them (Unicode's, so no-break spaces too); null when nothing is left."""
    trimmed = pc.utf8_trim_whitespace(whole(column))
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)
