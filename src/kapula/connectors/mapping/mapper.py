"""From cells to canonical rows: one SQL query per batch, made once from the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kapula.connectors.contract import RejectedRow
from kapula.connectors.mapping.cell import Cell
from kapula.connectors.mapping.cells import literal, quoted
from kapula.connectors.mapping.seen import Seen
from kapula.connectors.naming import name_key


def connect() -> duckdb.DuckDBPyConnection:
    """An engine of its own for one import: in memory, modest, with UTC as its zone."""
    connection = duckdb.connect(":memory:")
    connection.execute("SET TimeZone = 'UTC'; SET memory_limit = '512MB'; SET preserve_insertion_order = true")
    return connection


class Query:
    """The plan as SQL. ``columns``: all the file's columns; ``used``: those the cells read, by their trimmed name ``t<i>``.

    The result has ``_number``, ``_content`` (md5 of the row's non-blank cells with their names, whatever their order), then each
    cell's output and ``_reason_<i>`` for the cells that may be refused.
    """

    def __init__(self, columns: Sequence[str], cells: Sequence[Cell]) -> None:
        self.cells = tuple(cells)
        self.checked = tuple(cell for cell in cells if cell.reason)
        self._sql = self._build(columns)

    def _build(self, columns: Sequence[str]) -> str:
        ordered = sorted(range(len(columns)), key=lambda i: name_key(columns[i]))
        pairs = ", ".join(f"{literal(name_key(columns[i]) + '=')} || t{i}" for i in ordered)
        work = {name: sql for cell in self.cells for name, sql in cell.work.items()}
        steps = "".join(f", {sql} AS {name}" for name, sql in work.items())
        outputs = "".join(f", {cell.sql} AS {quoted(cell.output)}" for cell in self.cells)
        names = ", ".join(quoted(cell.output) for cell in self.cells)
        reasons = "".join(f", {cell.reason} AS _reason_{i}" for i, cell in enumerate(self.checked))
        # A step per level: DuckDB would compute an expression again wherever it is written out again.
        return (
            f"SELECT _number, _content, {names}{reasons} FROM (SELECT *{outputs} FROM (SELECT *{steps} FROM ("
            f"SELECT *, md5(concat_ws(chr(31), {pairs})) AS _content FROM _raw)))"
        )

    def run(self, connection: duckdb.DuckDBPyConnection, table: pa.Table, numbers: pa.Array) -> pa.Table:
        trimmed = {f"t{i}": trimmed_cells(column) for i, column in enumerate(table.columns)}
        connection.register("_raw", pa.table({**trimmed, "_number": numbers}))
        try:
            return connection.execute(self._sql).to_arrow_table()
        finally:
            connection.unregister("_raw")


def trimmed_cells(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cells without spaces around them (Unicode's, so no-break spaces too); null when nothing is left."""
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def column_index(columns: Sequence[str]) -> dict[str, str]:
    """The trimmed cell of each column of the file."""
    return {name: f"t{i}" for i, name in enumerate(columns)}


def hashed(values: pa.ChunkedArray | pa.Array, connection: duckdb.DuckDBPyConnection) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """A stable 64-bit key for each text."""
    connection.register("_keys", pa.table({"k": values}))
    try:
        keys = connection.execute("SELECT md5_number_lower(k) AS k FROM _keys").fetchnumpy()["k"]
    finally:
        connection.unregister("_keys")
    return np.ascontiguousarray(np.ma.getdata(keys), dtype=np.uint64)


class Identity:
    """Every row's external id: the file's own, or the content's hash with its turn among rows of equal content."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._contents = Seen()
        self._keys = Seen()
        self._wholes = Seen()

    def name(self, given: pa.ChunkedArray | None, content: pa.ChunkedArray) -> pa.Array:
        turns = self._contents.occurrence(hashed(content, self._connection))
        hashes = _flat(content)
        repeated = pa.array(turns > 1)
        suffix = pc.binary_join_element_wise(hashes, pc.cast(pa.array(turns), pa.string()), "-")
        made = pc.if_else(repeated, suffix, hashes)
        return made if given is None else pc.coalesce(_flat(given), made)

    def twins(self, keys: pa.ChunkedArray | pa.Array, content: pa.ChunkedArray | pa.Array) -> tuple[pa.Array, pa.Array]:
        """For each key: an earlier row had it with the same content; an earlier row had it with other content."""
        key_hash = hashed(keys, self._connection)
        whole_hash = hashed(pc.binary_join_element_wise(keys, content, "\x1f"), self._connection)
        key_turn = self._keys.occurrence(key_hash)
        whole_turn = self._wholes.occurrence(whole_hash)
        same = whole_turn > 1
        return pa.array(same), pa.array((key_turn > 1) & ~same)


def _flat(values: pa.ChunkedArray | pa.Array) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def reasons_of(query: Query, result: pa.Table, raw: pa.Table, at: Sequence[int], ids: pa.Array) -> tuple[RejectedRow, ...]:
    """The rejected rows at the given places, each with all its reasons."""
    if not len(at):
        return ()
    places = pa.array(at, pa.int64())
    cells = raw.take(places).to_pylist()
    codes = result.select([f"_reason_{i}" for i in range(len(query.checked))]).take(places).to_pylist()
    numbers = result["_number"].take(places).to_pylist()
    names = ids.take(places).to_pylist()
    return tuple(
        RejectedRow(number, {k: v or None for k, v in row.items()}, _reasons(query, row, code), name)
        for number, row, code, name in zip(numbers, cells, codes, names, strict=True)
    )


def _reasons(query: Query, row: dict[str, str | None], codes: dict[str, str | None]) -> tuple[tuple[str, str, str], ...]:
    found = tuple(
        (cell.column, code, (row.get(cell.column) or "").strip())
        for i, cell in enumerate(query.checked)
        if (code := codes[f"_reason_{i}"])
    )
    # A row whose only answer is unreadable is not empty.
    return tuple(reason for reason in found if reason[1] != "empty_answer") or found
