"""Reading others' formats into the canonical tables.

peek(path)            columns, samples and the suggested plan
read(path, plan)      canonical batches and every rejected row with its reasons
read_rows(rows, plan) corrected rows through the very same checks
read_table(path)      the raw columns under clean names, lazily where the format allows
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kapula.connectors import registry
from kapula.connectors.contract import Batch, ColumnPlan, Peek, PeekColumn, Plan, RejectedRow, RowsTold
from kapula.connectors.mapping.read import read_rows
from kapula.connectors.naming import clean_name, name_key
from kapula.connectors.reading.require import readable_as_named, require_sheets
from kapula.connectors.registry import get, names, register, suffixes
from kapula.connectors.telling import ColumnsRenamed, RowsLeftOut, RowsMended, RowsWarning, warn, warn_of_names

__all__ = [
    "Batch", "ColumnPlan", "ColumnsRenamed", "Peek", "PeekColumn", "Plan", "RejectedRow", "RowsLeftOut", "RowsMended", "RowsTold",
    "RowsWarning",
    "clean_name", "get", "name_key", "names", "peek", "read", "read_rows", "read_table", "register",
    "suffixes",
]  # fmt: skip


def peek(path: str | Path, connector: str | None = None, options: dict[str, Any] | None = None) -> Peek:
    """A first look at a file. ``connector``: its name, or None to recognise it. ``options``: what overrides what is seen
    (encoding, separator, decimal, sheet, header_rows …). Raises :class:`~kapula.errors.SourceError`."""
    path = Path(path)
    chosen = registry.get(connector) if connector else registry.choose(path)
    return chosen.peek(path, options or {})


def read(path: str | Path, plan: Plan, batch_rows: int = 50_000) -> Iterator[Batch]:
    """The whole file by the plan, batch after batch, in bounded memory. Raises :class:`~kapula.errors.SourceError`."""
    return registry.get(plan.connector).read(Path(path), plan, batch_rows)


def read_table(
    path: str | Path,
    connector: str | None = None,
    *,
    notes: list[tuple[str, str]] | None = None,
    told: RowsTold | None = None,
    verbatim: Sequence[str] = (),
    **options: Any,
) -> Any:
    """The file's raw columns, cleaned names, numbers, dates, true and false typed, no plan: a PyArrow table, or an Ibis table over DuckDB
    when the file is larger than one batch. ``notes`` receives what was noticed, ``told`` what became of rows that did not fall into the
    header's fields: they are not in the table. Without ``told`` a :class:`RowsLeftOut` or :class:`RowsMended` warns of them, without
    ``notes`` a :class:`ColumnsRenamed` of columns of one name. ``verbatim``: columns that are to be the text that stands in the file, be it
    a number or a date, with the spaces around it. Raises :class:`~kapula.errors.SourceError`, also for a sheet of a file without."""
    path = Path(path)
    chosen = registry.get(connector) if connector else registry.choose(path)
    require_sheets(path, options.get("sheet"))
    happened, found = RowsTold() if told is None else told, [] if notes is None else notes
    with readable_as_named(path):
        table = chosen.table(path, options, found, happened, verbatim)
    if told is None:
        warn(happened, path.name)
    if notes is None:
        warn_of_names(found, path.name)
    return table


# Importing a connector's folder registers it; nothing else needs to know of it.
from kapula.connectors import csv, excel, happyornot, parquet, qualtrics, spss, webropol  # noqa: E402, F401
