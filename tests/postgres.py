"""A private PostgreSQL for tests: a database of its own on the server KAPULA_TEST_POSTGRES names, or a server of our own in a
temporary folder."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

_OWNER = "postgres"


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl, newest version first."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda p: float(p.parts[-3]), reverse=True)
    return places[0].parent if places else None


def lacking(reason: str) -> None:
    """Skip with the reason; in CI (KAPULA_CI=1) a skip is a failure."""
    if os.environ.get("KAPULA_CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database, which is nobody else's. PostgreSQL refuses root, so as root it runs under the account
    ``postgres``."""
    given = os.environ.get("KAPULA_TEST_POSTGRES")
    if given:
        with _database(given) as url:
            yield url
        return
    tools = binaries()
    if tools is None:
        lacking("needs PostgreSQL: no pg_ctl here and KAPULA_TEST_POSTGRES is not set")
    assert tools is not None
    folder = Path(tempfile.mkdtemp(prefix="kapula-pg-"))
    try:
        port, run = _prepare(folder, tools)
        run(
            "pg_ctl", "-D", str(folder / "data"), "-w", "-o", _options(folder, port), "-l", str(folder / "log"), "start"
        )
        try:
            yield f"postgresql://{_OWNER}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(folder / "data"), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _database(given: str) -> Iterator[str]:
    name = f"kapula_{uuid4().hex}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(given)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _prepare(folder: Path, tools: Path):
    """A new cluster in the folder: (free port, how to run the server's tools)."""
    before: list[str] = []
    if os.geteuid() == 0:
        try:
            owner = pwd.getpwnam(_OWNER)
        except KeyError:
            lacking(f"needs the account {_OWNER!r}: PostgreSQL does not run as root")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        before = ["runuser", "-u", _OWNER, "--"]

    def run(tool: str, *arguments: str) -> None:
        done = subprocess.run(
            [*before, str(tools / tool), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder
        )
        assert done.returncode == 0, f"{tool}: {done.stderr.decode()}"

    run("initdb", "-D", str(folder / "data"), "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1], run


def _options(folder: Path, port: int) -> str:
    return f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
