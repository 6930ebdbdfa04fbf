"""From what a person typed to a table and the names of its columns."""

from __future__ import annotations

import argparse
from typing import Any

from kapula_cli.arguments import Names


def open_table(args: argparse.Namespace) -> tuple[Any, Names]:
    """The table of a file or a database URL, and its columns. Raises :class:`~kapula.errors.SourceError`."""
    from kapula.backends import table_from

    table = table_from(args.file, table=args.table, query=args.query, sheet=args.sheet)
    schema = table.schema()
    return table, Names(list(schema.names), dict(schema.items()))
