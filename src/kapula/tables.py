"""Any table in, one Ibis table out; and small answers back as Arrow."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr import types as ir

from kapula.errors import TableError
from kapula.local import duckdb_backend

_local = threading.local()


def as_table(data: Any) -> ir.Table:
    """An Ibis table of pandas, Polars, PyArrow, Narwhals, DuckDB relation, a dict of columns, a path or URL, or Ibis
    itself.

    An Ibis table is returned as it is: nothing is read. Frames in memory become in-memory tables; a NaN of pandas is
    a blank. Raises :class:`TableError` for anything else and for a frame that Arrow cannot hold.
    """
    if isinstance(data, ir.Table):
        return data
    if isinstance(data, str | Path):
        from kapula.backends import table_from

        return table_from(str(data))
    if isinstance(data, dict):
        data = _arrow(lambda: pa.table(data))
    if isinstance(data, pa.RecordBatchReader):
        data = data.read_all()
    if not isinstance(data, pa.Table):
        data = _arrow(lambda: _through_narwhals(data))
    if len(set(data.column_names)) < data.num_columns:
        doubled = sorted({name for name in data.column_names if data.column_names.count(name) > 1})
        raise TableError("Two columns have the same name.", hint="Rename one.", columns=doubled)
    return ibis.memtable(_decoded(data))


def backend_of(table: ir.Expr) -> Any:
    """The backend a table lives in; for frames in memory, this thread's own DuckDB (connections are not shared by
    threads)."""
    backends = table._find_backends()[0]
    if backends:
        return backends[0]
    if not hasattr(_local, "duckdb"):
        _local.duckdb = duckdb_backend()
    return _local.duckdb


def fetch(expression: ir.Table) -> pa.Table:
    """Run the expression where its data is and bring the (small) answer back."""
    return backend_of(expression).to_pyarrow(expression)


def _through_narwhals(data: Any) -> pa.Table:
    import narwhals as nw

    frame = nw.from_native(data, pass_through=False)
    collected = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    return collected.to_arrow()


def _arrow(make: Any) -> pa.Table:
    try:
        return make()
    except (TypeError, ValueError, pa.ArrowException) as error:
        raise TableError(
            f"This cannot be read as a table: {error}",
            hint="Give a pandas, Polars or PyArrow table, a Narwhals frame or an Ibis table, each column of one type.",
        ) from error


def _decoded(table: pa.Table) -> pa.Table:
    """Dictionary columns (pandas categoricals) as their values: engines group and compare values, not codes."""
    for position, column in enumerate(table.schema):
        if pa.types.is_dictionary(column.type):
            table = table.set_column(position, column.name, table.column(position).cast(column.type.value_type))
        elif pa.types.is_null(column.type):
            table = table.set_column(position, column.name, table.column(position).cast(pa.float64()))
    return table
