"""Erasing a person, or taking comments back, while the same comments are being read: on PostgreSQL neither ends the other.

The second connection comes in by itself: when the reading has its comments and has not written yet, the removal starts, and the reading
goes on when PostgreSQL says that the removal waits for a lock.
"""

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
from import_files import SURVEY, imported
from texts_data import Handmade, comments

from kapula_web.accounts.models import Organisation
from kapula_web.kit.environment import database
from kapula_web.ledger.comments import remove_comments
from kapula_web.ledger.erasure import _erase
from kapula_web.ledger.imports import undo as undoing
from kapula_web.ledger.models import Comment, Import, Response
from kapula_web.texts.models import CommentAnalysis, CommentTheme, Correction
from kapula_web.texts.selectors import told_of
from kapula_web.texts.services import keep as keeping
from kapula_web.texts.services import teaching
from kapula_web.texts.services.codebook import codebook_of
from kapula_web.texts.services.correct import correct
from kapula_web.texts.services.waiting import Waiting
from tests.postgres import server

pytestmark = pytest.mark.postgres
TEXTS = ["Jono oli pitkä", "Hyvä palvelu", "Sovellus ei toimi"]
Connect = Callable[[], DatabaseWrapper]


def erased(organisation: Organisation) -> None:
    _erase(organisation, "K-1")


def taken_back(organisation: Organisation) -> None:
    answers = "response_id IN (SELECT id FROM ledger_response WHERE organisation_id = %(whose)s)"
    remove_comments(answers, organisation_id=organisation.pk, whose=organisation.pk)


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


@pytest.fixture
def read(connect: Connect, request: pytest.FixtureRequest) -> tuple[Organisation, list[Waiting]]:
    """A customer's comments, read once, and to be read again."""
    slug = f"o{abs(hash(request.node.name))}"
    organisation = Organisation.objects.create(name="Aurinko", slug=slug)
    made = [Waiting(one.pk, one.response_id, one.text) for one in comments(organisation, TEXTS, customer="K-1")]
    again(organisation, made, "v1")
    return organisation, made


def again(organisation: Organisation, read: list[Waiting], version: str) -> int:
    table = Handmade().analyse([one.text for one in read], told_of(organisation))
    return keeping.keep(organisation=organisation, read=read, table=table, version=version)


class Elsewhere:
    """Work over a connection of its own; ``failed``: what ended it."""

    def __init__(self, connected: DatabaseWrapper, work: Callable[[], None]) -> None:
        self.connection, self.work, self.failed = connected, work, []
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


@pytest.mark.parametrize("remove", [erased, taken_back])
def test_comments_that_are_being_read_are_removed_after_it(
    connect: Connect, read: tuple[Organisation, list[Waiting]], remove: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation, made = read
    removal, write = Elsewhere(connect(), lambda: remove(organisation)), keeping._analyses

    def slowly(*given: Any) -> None:
        removal.until_it_waits()
        write(*given)

    monkeypatch.setattr(keeping, "_analyses", slowly)
    assert again(organisation, made, "v2") == len(TEXTS)
    removal.thread.join()
    assert removal.failed == []
    for rows in (CommentAnalysis, CommentTheme):
        assert not rows.objects.filter(organisation=organisation).exists()
    assert not Comment.objects.filter(response__organisation=organisation).exists()


@pytest.mark.parametrize("remove", [erased, taken_back])
def test_corrections_that_are_being_learned_from_are_removed_after_it(
    connect: Connect, read: tuple[Organisation, list[Waiting]], remove: Any
) -> None:
    organisation, made = read
    theme = codebook_of(organisation).themes.get(code="waiting_time")
    for one in Comment.objects.filter(pk__in=[one.comment for one in made]).order_by("pk"):
        correct(comment=one, theme=theme, present=True, sentiment=None, actor=None)
    rows = list(Correction.objects.filter(organisation=organisation).order_by("pk"))
    removal = Elsewhere(connect(), lambda: remove(organisation))
    with transaction.atomic():
        teaching._must_stand(rows)
        removal.until_it_waits()
        Correction.objects.filter(pk__in=[one.pk for one in rows]).update(present=False)
    removal.thread.join()
    assert removal.failed == []
    assert not Correction.objects.filter(organisation=organisation).exists()


def test_a_customer_of_an_import_that_is_being_taken_back_is_erased_after_it(
    connect: Connect,
    read: tuple[Organisation, list[Waiting]],
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
) -> None:
    organisation, _ = read
    settings.IMPORT_DIR = settings.SNAPSHOT_DIR = tmp_path
    run, remove = imported(organisation, SURVEY), undoing.remove_comments
    Response.objects.filter(import_run=run).update(customer="K-1")
    Import.objects.update(stored_as="")  # or the erasure would wait for the file's own row, before it takes anything
    removal = Elsewhere(connect(), lambda: erased(organisation))

    def then_erased(*given: Any, **more: Any) -> int:
        removed = remove(*given, **more)
        if not removal.thread.ident:
            removal.until_it_waits()
        return removed

    monkeypatch.setattr(undoing, "remove_comments", then_erased)
    with transaction.atomic():  # or the snapshot would be made anew
        undoing.undo(run=run, actor=None)
    removal.thread.join()
    assert removal.failed == []
    assert not Response.objects.filter(organisation=organisation).exists()


def test_an_import_whose_comments_are_being_read_is_taken_back_after_it(
    connect: Connect,
    read: tuple[Organisation, list[Waiting]],
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
) -> None:
    """What is read refers to the organisation, which PostgreSQL looks at when the reading is done: nobody may hold its row till then."""
    organisation, _ = read
    settings.IMPORT_DIR = settings.SNAPSHOT_DIR = tmp_path
    run = imported(organisation, SURVEY)
    made = [
        Waiting(one.pk, one.response_id, one.text)
        for one in Comment.objects.filter(response__import_run=run).order_by("pk")
    ]
    removal, write = Elsewhere(connect(), lambda: undoing.undo(run=run, actor=None)), keeping._analyses

    def slowly(*given: Any) -> None:
        removal.until_it_waits()
        write(*given)

    monkeypatch.setattr(keeping, "_analyses", slowly)
    assert again(organisation, made, "v1") == 3
    removal.thread.join()
    assert removal.failed == []
    assert not CommentAnalysis.objects.filter(pk__in=[one.comment for one in made]).exists()
