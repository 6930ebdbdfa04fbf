"""Where the data is: an Ibis connection, or a table, from a URL."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

import ibis
import pyarrow.parquet as pq
from ibis.expr import types as ir

from kapula.errors import SourceError
from kapula.local import duckdb_backend

_PARQUET = (".parquet", ".pq")
_DATABASES = (".duckdb", ".ddb")
_SQLITE = (".sqlite", ".sqlite3", ".db")


def connect(url: str = "duckdb://") -> Any:
    """An Ibis backend.

    ``duckdb://`` in memory, ``duckdb:///path`` or a .duckdb file; ``sqlite:///path`` or a .sqlite file, read through
    DuckDB where its extension is installed and by Ibis otherwise; ``postgresql://user@host/database``; ``spark://…``
    or ``spark://local``; any other scheme Ibis knows. Raises :class:`SourceError`.
    """
    text = str(url)
    scheme = urlsplit(text).scheme.lower() if "://" in text else ""
    opener = _OPENERS.get(scheme)
    try:
        if opener is not None:
            return opener(text)
        if scheme:
            return ibis.connect(text)
        suffix = Path(text).suffix.lower()
        if suffix in _DATABASES:
            return _duckdb(f"duckdb:///{text}")
        if suffix in _SQLITE:
            return _sqlite(f"sqlite:///{text}")
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(
            f"No connection to {hidden(text)}: {error}",
            hint="Check the address and that it answers.",
            source=hidden(text),
        ) from error
    raise SourceError(
        f"{hidden(text)} is not an address of a database.", hint="Give duckdb://, sqlite:///, postgresql:// or spark://.",
        source=hidden(text),
    )  # fmt: skip


def table_from(url: str, table: str | None = None, *, notes: list[tuple[str, str]] | None = None) -> ir.Table:
    """A table: a Parquet file, folder or glob; a table of a database (``table``, or ``?table=name`` in the URL); or
    any other file that a connector reads (CSV, Excel, SPSS …). ``notes`` receives what was noticed of a file's columns; without it a
    :class:`~kapula.connectors.ColumnsRenamed` warns of columns of one name. Raises :class:`SourceError`."""
    text = str(url)
    if "://" not in text or text.startswith("file://"):
        return _from_path(text.removeprefix("file://"), table, notes)
    parts = urlsplit(text)
    query = parse_qs(parts.query)
    name = table or query.pop("table", [None])[0]
    bare = urlunsplit(parts._replace(query="&".join(f"{k}={v}" for k, vs in query.items() for v in vs)))
    if text.startswith("duckdb:///") or text.startswith("sqlite:///"):
        bare = bare if ":///" in bare else bare.replace(":/", ":///", 1)
    return _named(connect(bare), name, text)


def hidden(url: str) -> str:
    """The address without its password."""
    parts = urlsplit(url) if "://" in url else None
    if parts is None or parts.password is None:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")))


def _from_path(text: str, table: str | None, notes: list[tuple[str, str]] | None) -> ir.Table:
    path = Path(text)
    if any(sign in text for sign in "*?["):
        return _parquet(text, path.name, notes)
    if not path.exists():
        raise SourceError(f"There is no file or folder {text!r}.", hint="Check the path.", source=text)
    if path.is_dir():
        if not any(path.rglob("*.parquet")):
            raise SourceError(f"The folder {text!r} holds no .parquet files.", hint="Name a file.", source=text)
        return _parquet(str(path / "**" / "*.parquet"), path.name, notes)
    suffix = path.suffix.lower()
    if suffix in (*_DATABASES, *_SQLITE):
        return _named(connect(text), table, text)
    if table is not None:
        raise SourceError(
            f"{text!r} is no database, and has no table {table!r}.", hint="Leave the table out.", source=text, tables=[]
        )
    if suffix in _PARQUET:
        return _parquet(text, path.name, notes)
    from kapula.connectors import read_table  # connectors import the measures' schema, so only when a file needs them
    from kapula.tables import as_table

    return as_table(read_table(path, notes=notes))


def _parquet(pattern: str, name: str, notes: list[tuple[str, str]] | None) -> ir.Table:
    """``name``: of the file or folder, in what is told of it."""
    try:
        table = duckdb_backend().read_parquet(pattern)
        held = pq.read_schema((sorted(glob.glob(pattern, recursive=True)) or [pattern])[0]).names
    except Exception as error:
        reason = str(error).partition("\n")[0].rstrip(".")  # what follows is the engine's own query
        raise SourceError(
            f"{pattern!r} cannot be read as Parquet: {reason}.", hint="Check the file.", source=pattern
        ) from error
    if held == list(table.columns[: len(held)]):
        return table
    from kapula.connectors.parquet.names import (
        told_apart,  # connectors import the measures' schema, so only when a file needs them
    )
    from kapula.connectors.telling import warn_of_names

    found: list[tuple[str, str]] = [] if notes is None else notes
    table = told_apart(table, held, found)
    if notes is None:
        warn_of_names(found, name)
    return table


def _named(backend: Any, name: str | None, source: str) -> ir.Table:
    names = backend.list_tables()
    if name is None and len(names) == 1:
        name = names[0]
    if name not in names:
        backend.disconnect()
        what = f"There is no table {name!r} in" if name else "Say which table of"
        raise SourceError(
            f"{what} {hidden(source)}.", hint=f"It has: {', '.join(names[:20]) or 'no tables'}.",
            source=hidden(source), tables=names[:50],
        )  # fmt: skip
    return backend.table(name)


def _duckdb(url: str) -> Any:
    path = url.removeprefix("duckdb://")
    path = path[1:] if path.startswith("//") else path
    return duckdb_backend(path, read_only=True) if path not in ("", "/") and Path(path).exists() else duckdb_backend()


def _sqlite(url: str) -> Any:
    path = url.removeprefix("sqlite://")
    path = path[1:] if path.startswith("//") else path
    if not Path(path).is_file():
        raise SourceError(f"There is no file {path!r}.", hint="Check the path.", source=path)
    backend = duckdb_backend()
    try:
        backend.raw_sql(
            f"LOAD sqlite; ATTACH '{path.replace(chr(39), chr(39) * 2)}' AS source (TYPE sqlite, READ_ONLY)"
        )
        backend.raw_sql("USE source")
        return backend
    except Exception:
        # The extension is not on this machine, and nothing is fetched at run time.
        return ibis.sqlite.connect(path)


def _postgres(url: str) -> Any:
    return ibis.connect("postgres://" + url.split("://", 1)[1])


def _spark(url: str) -> Any:
    from pyspark.sql import SparkSession

    master = url.removeprefix("spark://")
    builder = SparkSession.builder.master(master if master.startswith("local") else url)
    return ibis.pyspark.connect(builder.config("spark.sql.session.timeZone", "UTC").getOrCreate())


_OPENERS = {
    "duckdb": _duckdb,
    "sqlite": _sqlite,
    "postgres": _postgres,
    "postgresql": _postgres,
    "spark": _spark,
}
