"""From what a person typed to a table and the names of its columns."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kapula_cli.arguments import Names

STORES = (".parquet", ".pq", ".duckdb", ".ddb", ".sqlite", ".sqlite3", ".db")
"""Endings of files that hold typed rows, which no connector has to split (as in ``kapula.backends``)."""


def open_table(args: argparse.Namespace, *, verbatim: str | None = None, every_row: bool = False) -> tuple[Any, Names]:
    """The table of a file or a database address, and its columns. What did not fall into its columns is told on standard error.

    ``verbatim``: a column whose text is wanted as it stands in the file. ``every_row``: a row that has to be left out is an error.
    Raises :class:`~kapula.errors.SourceError`.
    """
    table = _table(args, verbatim, every_row)
    schema = table.schema()
    return table, Names(list(schema.names), dict(schema.items()))


def open_file(address: str | None) -> Any:
    """A second table: a file, a database address with its table after #, or an organisation's; None for None."""
    if not address:
        return None
    return _table(argparse.Namespace(file=address, table=None, query=None, sheet=None))


def _table(args: argparse.Namespace, verbatim: str | None = None, every_row: bool = False) -> Any:
    from kapula.backends import connect, table_from

    if args.file.startswith("organisation://"):
        from kapula_cli.organisation import organisation_table

        return organisation_table(args.file)
    address, _, named = args.file.partition("#") if "://" in args.file else (args.file, "", "")
    if args.query:
        return _queried(connect(address), args.query)
    path = Path(address.removeprefix("file://"))
    if args.sheet or _is_split(path):
        return _read(path, args, verbatim, every_row)
    return table_from(address, args.table or named or None)


def _is_split(path: Path) -> bool:
    """Whether the rows have to be told from a file's text or cells."""
    return path.is_file() and path.suffix.lower() not in STORES and not any(sign in str(path) for sign in "*?[")


def _read(path: Path, args: argparse.Namespace, verbatim: str | None, every_row: bool) -> Any:
    from kapula.connectors import RowsTold, read_table
    from kapula.tables import as_table
    from kapula_cli import output, rows

    told, notes = RowsTold(), list[tuple[str, str]]()
    options = {"sheet": args.sheet} if args.sheet else {}
    wanted = getattr(args, "column", None)
    if wanted:
        options["named"] = wanted
    table = read_table(path, told=told, notes=notes, verbatim=[verbatim] if verbatim else [], **options)
    rows.tell(told, path.name, every_row=every_row)
    for code, value in notes:
        if (
            code == "duplicate_header"
        ):  # the first of them keeps its name: whoever names it is to know which one was read
            output.note(f"{path.name} has columns of one name; the later ones are called {value}.")
    return as_table(table)


def _queried(backend: Any, query: str) -> Any:
    """The answer of a SELECT, as a table that is still in the database."""
    from kapula.errors import SourceError

    try:
        return backend.sql(query)
    except Exception as error:  # each engine has its own tree of errors for SQL it does not understand
        raise SourceError(f"The query cannot be run: {error}", hint="Check the SQL.", source=query) from error
