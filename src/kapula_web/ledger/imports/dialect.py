"""What SQLite and PostgreSQL say differently when many rows are staged and moved. Nothing else in the imports knows which it is.

Staging tables are temporary: they belong to the connection, take no lock on the ledger, and are gone with a killed process.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, Protocol

import pyarrow as pa
from django.db import connection, transaction
from pyarrow import csv


class Dialect(Protocol):
    types: Mapping[str, str]
    differs: str
    """Between two values, null being a value like any other."""
    new_id: str
    """The id a staged row gets; ``%(base)s`` is the last id in use."""
    object: str
    """The function that makes a JSON object of names and values."""
    collect: str
    """The aggregate that makes a JSON object of a name and a value."""
    lock: str
    """What a SELECT ends with that locks its rows; empty where there is one writer at a time."""

    def id_column(self, table: str) -> str: ...

    def patch(self, old: str, new: str) -> str:
        """The object ``old`` with the members of ``new`` put over it; null removes a member."""

    def same_object(self, column: str) -> str:
        """A JSON column in the form ``patch`` gives, to be compared with it."""

    def member(self, name: str, kind: str) -> str:
        """A member of the JSON object ``v.before`` as a value of the kind."""

    def members(self, path: str) -> str:
        """The members of an object inside ``v.before`` as rows (key, value), for a FROM clause."""

    def no_members(self, collected: str) -> str:
        """``collect`` of no rows as an empty object."""

    def copy(self, table: str, rows: pa.Table) -> None: ...

    @contextmanager
    def long_write(self) -> Iterator[None]: ...


class Sqlite:
    types: Mapping[str, str] = {
        "text": "text", "real": "real", "integer": "integer", "flag": "integer", "time": "text", "day": "text",
        "merged": "text", "team": "text", "touchpoint": "text",
    }  # fmt: skip
    differs = "IS NOT"
    new_id = "%(base)s + s.seq"
    object = "json_object"
    collect = "json_group_object"
    lock = ""

    def id_column(self, table: str) -> str:
        return "seq integer PRIMARY KEY"

    def patch(self, old: str, new: str) -> str:
        return f"json_patch({old}, {new})"

    def same_object(self, column: str) -> str:
        return f"json({column})"

    def member(self, name: str, kind: str) -> str:
        return f"json_extract(v.before, '$.{name}')"

    def members(self, path: str) -> str:
        return f"json_each(v.before, '$.{path}')"

    def no_members(self, collected: str) -> str:
        return f"json({collected})"

    def copy(self, table: str, rows: pa.Table) -> None:
        marks = ", ".join("?" * rows.num_columns)
        values = zip(*(column.to_pylist() for column in rows.columns), strict=True)
        connection.ensure_connection()
        raw: Any = connection.connection
        alone = not connection.in_atomic_block
        # A plain BEGIN locks nothing until the main database is touched, and only the temporary one is touched here.
        if alone:
            raw.execute("BEGIN")
        try:
            raw.executemany(f"INSERT INTO {table} ({', '.join(rows.column_names)}) VALUES ({marks})", values)
        finally:
            if alone:
                raw.execute("COMMIT")

    @contextmanager
    def long_write(self) -> Iterator[None]:
        """A transaction of many pages: moving them from the log to the database waits until the lock is free again."""
        _pragma("wal_autocheckpoint = 0")
        try:
            with transaction.atomic():
                yield
        finally:
            _pragma("wal_autocheckpoint = 1000")
            if not connection.in_atomic_block:
                _pragma("wal_checkpoint(PASSIVE)")


class Postgres:
    types: Mapping[str, str] = {
        "text": "text", "real": "double precision", "integer": "bigint", "flag": "boolean", "time": "timestamptz",
        "day": "date", "merged": "jsonb", "team": "text", "touchpoint": "text",
    }  # fmt: skip
    differs = "IS DISTINCT FROM"
    new_id = "s.id"
    object = "jsonb_build_object"
    collect = "jsonb_object_agg"
    lock = "FOR UPDATE"

    def id_column(self, table: str) -> str:
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        return f"seq bigint PRIMARY KEY, id bigint DEFAULT nextval({sequence})"

    def patch(self, old: str, new: str) -> str:
        return f"jsonb_strip_nulls({old}::jsonb || {new})"

    def same_object(self, column: str) -> str:
        return column

    def member(self, name: str, kind: str) -> str:
        if kind == "merged":
            return f"(v.before->'{name}')"
        return f"(v.before->>'{name}')::{'bigint' if kind in {'team', 'touchpoint'} else self.types[kind]}"

    def members(self, path: str) -> str:
        return f"jsonb_each_text(v.before->'{path}')"

    def no_members(self, collected: str) -> str:
        return f"coalesce({collected}, '{{}}'::jsonb)"

    def copy(self, table: str, rows: pa.Table) -> None:
        buffer = io.BytesIO()
        csv.write_csv(rows, buffer, csv.WriteOptions(include_header=False))
        columns = ", ".join(rows.column_names)
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)") as copy:
            copy.write(buffer.getvalue())

    @contextmanager
    def long_write(self) -> Iterator[None]:
        with transaction.atomic():
            yield


_DIALECTS: Final[dict[str, Dialect]] = {"sqlite": Sqlite(), "postgresql": Postgres()}


def dialect() -> Dialect:
    return _DIALECTS[connection.vendor]


def execute(sql: str, **arguments: Any) -> int:
    """Run one statement with ``%(name)s`` parameters; how many rows it touched."""
    adapt = connection.ops.adapt_datetimefield_value
    adapted = {name: adapt(value) if isinstance(value, datetime) else value for name, value in arguments.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql, adapted)
        return int(cursor.rowcount)


def lock(table: str, where: str, **arguments: Any) -> None:
    """Lock the rows in the order of their ids until the transaction ends, where there is more than one writer at a time."""
    if ending := dialect().lock:
        execute(
            f"SELECT count(*) FROM (SELECT id FROM {table} WHERE {where} ORDER BY id {ending} OF {table}) taken",
            **arguments,
        )


def fetch(sql: str, **arguments: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return list(cursor.fetchall())


def _pragma(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {text}")
