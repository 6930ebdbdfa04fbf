"""The server is killed with SIGKILL in the middle of an import and of writes. Nothing acknowledged is lost; nothing is half there."""

from __future__ import annotations

import http.client
import json
import sqlite3
import threading
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from installation import Installation, wait_until

pytestmark = pytest.mark.slow

ROWS = 120_000
WRITES = 200
AT_ONCE = 16

MAKE = """
from django.core.management import call_command; call_command("migrate", verbosity=0)
from django.conf import settings; from django.test import Client
from kapula_web.accounts.models import Organisation, User, Membership, Role
organisation = Organisation.objects.create(name="Aurinko", slug="aurinko")
user = User.objects.create_user("anna@aurinko.example", "correct-horse")
Membership.objects.create(organisation=organisation, user=user, role=Role.ANALYST)
client = Client(); client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
print(client.cookies[settings.SESSION_COOKIE_NAME].value)
"""
RECEIVE = """
import sys; from kapula.connectors.contract import Plan
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.imports.receive import receive, source_for; from kapula_web.ledger.imports.run import confirm
organisation = Organisation.objects.get()
source = source_for(organisation=organisation, code="kysely")
run = receive(organisation=organisation, source=source, name="kysely.csv", chunks=[open(sys.argv[1], "rb").read()], actor=None)
confirm(run=run, plan=Plan.from_dict(run.plan), actor=None); print(run.pk)
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    made.kill()


@pytest.fixture
def session(installation: Installation) -> str:
    """The session of an analyst who has signed in."""
    return installation.python(MAKE).splitlines()[-1]


def ask(installation: Installation, sql: str) -> list[tuple[object, ...]]:
    """Straight from the database file, past the product."""
    address = f"file:{installation.folder / 'kapula.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as database:
        return database.execute(sql).fetchall()


def one(installation: Installation, sql: str) -> object:
    return ask(installation, sql)[0][0]


def survey(folder: Path) -> Path:
    path = folder / "survey.csv"
    with path.open("w") as file:
        file.write("Vastaustunnus;Päivä;Suosittelu;Helppous;Palaute\n")
        file.writelines(f"A{i};{1 + i % 28}.3.2026;{i % 11};{1 + i % 5};Palaute numero {i}\n" for i in range(ROWS))
    return path


def is_whole(installation: Installation) -> None:
    assert one(installation, "PRAGMA integrity_check") == "ok"
    assert ask(installation, "PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("moment", ["reading", "writing"])
def test_an_import_cut_off_is_as_if_never_begun_and_then_done_in_full(
    installation: Installation, session: str, moment: str
) -> None:
    run = installation.python(RECEIVE, str(survey(installation.folder)))
    installation.start()
    told = f"SELECT done FROM ledger_import WHERE id = {run}"
    far = 1 if moment == "reading" else 700
    wait_until(lambda: int(str(one(installation, told))) >= far, f"the import to be {moment}")
    installation.kill()

    is_whole(installation)
    assert one(installation, "SELECT count(*) FROM ledger_response") in (
        0,
        ROWS,
    )  # ROWS: the kill came after the commit
    assert one(installation, "SELECT count(*) FROM ledger_comment") == one(
        installation, "SELECT count(*) FROM ledger_response"
    )

    installation.start()
    wait_until(
        lambda: one(installation, f"SELECT state FROM ledger_import WHERE id = {run}") == "done",
        "the import to be resumed",
    )
    assert ask(installation, f"SELECT added, rejected FROM ledger_import WHERE id = {run}") == [(ROWS, 0)]
    assert one(installation, "SELECT count(*) FROM ledger_response") == ROWS
    assert one(installation, "SELECT count(*) FROM ledger_comment") == ROWS
    is_whole(installation)


class Writer:
    """Corrects rejected rows through the page's own form, and remembers which corrections were acknowledged."""

    def __init__(self, installation: Installation, session: str) -> None:
        self.installation, self.session = installation, session
        self.acknowledged: list[int] = []
        self.refused: list[tuple[int, int]] = []
        self.lock = threading.Lock()
        self.local = threading.local()

    def set_aside(self, run: int, row: int) -> None:
        """Not to be told twice: a request that breaks off is not repeated."""
        token = "a" * 32
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={token}",
            "Referer": self.installation.url,
        }
        address = f"/o/aurinko/data/imports/{run}/rejected/{row}/set-aside/"
        connection = http.client.HTTPConnection("127.0.0.1", self.installation.port, timeout=60)
        try:
            connection.request("POST", address, body, headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()
        with self.lock:
            (self.acknowledged.append(row) if status == 302 else self.refused.append((row, status)))


ROWS_TO_SET_ASIDE = f"""
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Import, RejectedRow, Source
organisation = Organisation.objects.get()
source, _ = Source.objects.get_or_create(organisation=organisation, code="vanha")
run = Import.objects.create(organisation=organisation, source=source, file_name="x.csv", state="done",
    plan=dict(connector="csv", shape="wide", columns=[], options=dict()))
rows = [RejectedRow.objects.create(import_run=run, number=n, raw=dict(), reasons=[]).pk for n in range({WRITES})]
import json; print(json.dumps([run.pk, rows]))
"""


def writes(installation: Installation) -> tuple[int, list[int]]:
    run, rows = json.loads(installation.python(ROWS_TO_SET_ASIDE))
    return run, rows


def lost(installation: Installation, acknowledged: list[int]) -> set[int]:
    kept = {row for (row,) in ask(installation, "SELECT id FROM ledger_rejectedrow WHERE resolved_at IS NOT NULL")}
    return set(acknowledged) - {int(str(row)) for row in kept}


def test_no_acknowledged_write_is_lost_when_the_server_is_killed(installation: Installation, session: str) -> None:
    run, rows = writes(installation)
    installation.start(worker=False)
    writer = Writer(installation, session)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for row in rows:
            pool.submit(writer.set_aside, run, row)
        wait_until(lambda: len(writer.acknowledged) >= WRITES // 3, "a third of the writes")
        installation.kill()
    assert WRITES // 3 <= len(writer.acknowledged) < WRITES
    assert writer.refused == []
    is_whole(installation)
    assert lost(installation, writer.acknowledged) == set()
    told = "SELECT count(*) FROM accounts_auditentry WHERE action = 'import.row_set_aside'"
    resolved = "SELECT count(*) FROM ledger_rejectedrow WHERE resolved_at IS NOT NULL"
    assert one(installation, told) == one(
        installation, resolved
    )  # the deed and its entry in the log are one transaction


def test_two_hundred_writes_during_an_import_are_all_acknowledged(installation: Installation, session: str) -> None:
    run, rows = writes(installation)
    importing = installation.python(RECEIVE, str(survey(installation.folder)))
    installation.start()
    told = f"SELECT done FROM ledger_import WHERE id = {importing}"
    wait_until(lambda: int(str(one(installation, told))) >= 1, "the import to begin")
    writer = Writer(installation, session)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for row in rows:
            pool.submit(writer.set_aside, run, row)
    assert writer.refused == []
    assert sorted(writer.acknowledged) == rows
    assert lost(installation, writer.acknowledged) == set()
    wait_until(
        lambda: one(installation, f"SELECT state FROM ledger_import WHERE id = {importing}") == "done", "the import"
    )
    assert one(installation, "SELECT count(*) FROM ledger_response") == ROWS
