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


def day_format(args: argparse.Namespace, column: str) -> str | None:
    """How a file's column writes its days; None where no text had to be read as days."""
    from kapula.connectors.columns.day_format import day_format as of_column

    path = Path(args.file.removeprefix("file://"))
    if "://" in str(path) or args.query or not (args.sheet or _is_split(path)):
        return None
    return of_column(path, column, **({"sheet": args.sheet} if args.sheet else {}))


def open_file(address: str | None) -> Any:
    """A second table: a file, a database address with its table after #, or an organisation's; None for None."""
    if not address:
        return None
    return _table(argparse.Namespace(file=address, table=None, query=None, sheet=None))


def _table(args: argparse.Namespace, verbatim: str | None = None, every_row: bool = False) -> Any:
    from kapula.backends import connect, table_from
    from kapula_cli.places import require_fitting

    require_fitting(args.file, table=args.table, query=args.query, sheet=args.sheet)
    if args.file.startswith("organisation://"):
        from kapula_cli.organisation import organisation_table

        return organisation_table(args.file)
    address, _, named = args.file.partition("#") if "://" in args.file else (args.file, "", "")
    if args.query:
        return _queried(connect(address), args.query)
    path = Path(address.removeprefix("file://"))
    if args.sheet or _is_split(path):
        return _read(path, args, verbatim, every_row)
    notes: list[tuple[str, str]] = []
    table = table_from(address, args.table or named or None, notes=notes)
    _tell_names(notes, path.name)
    return table


def _is_split(path: Path) -> bool:
    """Whether the rows have to be told from a file's text or cells."""
    return path.is_file() and path.suffix.lower() not in STORES and not any(sign in str(path) for sign in "*?[")


def _read(path: Path, args: argparse.Namespace, verbatim: str | None, every_row: bool) -> Any:
    from kapula.connectors import RowsTold, read_table
    from kapula.connectors.reading.require import HINT_OF_TEXT, is_text_named_workbook
    from kapula.tables import as_table
    from kapula_cli import output, rows

    told, notes = RowsTold(), list[tuple[str, str]]()
    options = {"sheet": args.sheet} if args.sheet else {}
    wanted = getattr(args, "column", None)
    if wanted:
        options["named"] = wanted
    if not args.sheet and is_text_named_workbook(path):
        output.note(f"{path.name} is a text file, not a workbook, and is read as one. {HINT_OF_TEXT}")
    table = read_table(path, told=told, notes=notes, verbatim=[verbatim] if verbatim else [], **options)
    rows.tell(told, path.name, every_row=every_row)
    _tell_names(notes, path.name)
    return as_table(table)


def _tell_names(notes: list[tuple[str, str]], file: str) -> None:
    """Columns of one name, on standard error and among the answer's warnings."""
    if not notes:
        return
    from kapula.connectors import telling
    from kapula_cli import output

    for renamed in telling.renamed(notes):
        output.note(telling.one_name(renamed, file))
        output.warn(telling.COLUMNS_RENAMED)


def _queried(backend: Any, query: str) -> Any:
    """The answer of a SELECT, as a table that is still in the database."""
    from kapula.errors import SourceError

    try:
        return backend.sql(query)
    except Exception as error:  # each engine has its own tree of errors for SQL it does not understand
        raise SourceError(f"The query cannot be run: {error}", hint="Check the SQL.", source=query) from error
