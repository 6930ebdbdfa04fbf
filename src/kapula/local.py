"""DuckDB in this process, quiet: its progress bar would stand in the middle of a command's JSON."""

from __future__ import annotations

from typing import Any

import ibis


def duckdb_backend(path: str = ":memory:", **settings: Any) -> Any:
    """An Ibis backend on DuckDB. ``settings``: as ``ibis.duckdb.connect`` takes them."""
    backend = ibis.duckdb.connect(path, **settings)
    backend.raw_sql("set enable_progress_bar = false")
    return backend
