"""From what a person typed to a table and the names of its columns."""

from __future__ import annotations

import argparse
from typing import Any

from kapula_cli.arguments import Names


def open_table(args: argparse.Namespace) -> tuple[Any, Names]:
    """The table of a file or a database address, and its columns. Raises :class:`~kapula.errors.SourceError`."""
    table = _table(args)
    schema = table.schema()
    return table, Names(list(schema.names), dict(schema.items()))


def open_file(address: str | None) -> Any:
    """A second table: a file, a database address with its table after #, or an organisation's; None for None."""
    if not address:
        return None
    return _table(argparse.Namespace(file=address, table=None, query=None, sheet=None))


def _table(args: argparse.Namespace) -> Any:
    from kapula.backends import connect, table_from

    if args.file.startswith("organisation://"):
        from kapula_cli.organisation import organisation_table

        return organisation_table(args.file)
    address, _, named = args.file.partition("#") if "://" in args.file else (args.file, "", "")
    if args.query:
        return _queried(connect(address), args.query)
    if args.sheet:
        from kapula.connectors import read_table
        from kapula.tables import as_table

        return as_table(read_table(address, sheet=args.sheet))
    return table_from(address, args.table or named or None)


def _queried(backend: Any, query: str) -> Any:
    """The answer of a SELECT, as a table that is still in the database."""
    from kapula.errors import SourceError

    try:
        return backend.sql(query)
    except Exception as error:  # each engine has its own tree of errors for SQL it does not understand
        raise SourceError(f"The query cannot be run: {error}", hint="Check the SQL.", source=query) from error
