"""A second connection to a real PostgreSQL that comes in by itself: it starts when a test says so, and the test goes on when PostgreSQL
says that it waits for a lock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper

from kapula_web.kit.environment import database
from tests.postgres import server

Connect = Callable[[], DatabaseWrapper]


@pytest.fixture(scope="module")
def connect(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Connect]:
    """Connections to a server on which the product's tables are, and one of them in place of the usual."""
    folder, usual = tmp_path_factory.mktemp("none"), connections["default"]
    with server() as url, django_db_blocker.unblock():

        def connected() -> DatabaseWrapper:
            made = DatabaseWrapper({**usual.settings_dict, **database(url, Path(folder)), "CONN_MAX_AGE": 0}, "default")
            made.connect()
            return made

        connections["default"] = connected()
        try:
            call_command("migrate", run_syncdb=True, verbosity=0)
            yield connected
        finally:
            connections["default"].close()
            connections["default"] = usual


class Elsewhere:
    """Work over a connection of its own; ``failed``: what ended it."""

    def __init__(self, connected: DatabaseWrapper, work: Callable[[], object]) -> None:
        self.connection, self.work = connected, work
        self.failed: list[Exception] = []
        self.pid = connected.connection.info.backend_pid
        connected.inc_thread_sharing()
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        connections["default"] = self.connection
        try:
            with transaction.atomic():
                self.work()
        except Exception as error:
            self.failed.append(error)
        finally:
            self.connection.close()

    def until_it_waits(self) -> None:
        """Start it; go on when it is done or waits for a lock."""
        self.thread.start()
        asked = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"
        with psycopg.connect(**connections["default"].get_connection_params(), autocommit=True) as watch:
            while self.thread.is_alive() and watch.execute(asked, [self.pid]).fetchone() != (True,):
                pass
