"""The index on PostgreSQL, where others write while a batch is being put in: no word of a comment that is gone or has changed stays.

A second connection comes in between by itself: when the batch has read the comment and not put it in yet, it starts, and the batch goes
on when PostgreSQL says that it waits for a lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.utils.connection import ConnectionProxy

from kapula.text import stems
from kapula_web.kit.environment import database
from kapula_web.texts.explorer.index import catch_up, find, forget, keep, read, search
from kapula_web.texts.explorer.index.schema import ensure_index
from tests.postgres import server

pytestmark = pytest.mark.postgres
ALIAS = "index_on_postgresql"
LEDGER = """DROP SCHEMA public CASCADE; CREATE SCHEMA public;
    CREATE TABLE ledger_comment (id bigint PRIMARY KEY, text text NOT NULL, language varchar(5) NOT NULL DEFAULT '');
    CREATE TABLE texts_commentanalysis (comment_id bigint PRIMARY KEY REFERENCES ledger_comment, language varchar(5), pii jsonb)"""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with server() as found:
        yield found


@pytest.fixture
def ledger(
    url: str, tmp_path: Any, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[psycopg.Connection]:
    """A connection of somebody else's, to a ledger whose index is kept by the real code over its own connection."""
    with django_db_blocker.unblock(), psycopg.connect(url, autocommit=True) as other:
        other.execute(LEDGER)
        connections[ALIAS] = connected(url, tmp_path)
        own = ConnectionProxy(connections, ALIAS)  # the thread's own, whichever thread asks
        monkeypatch.setattr(keep, "connection", own)
        monkeypatch.setattr(find, "connection", own)
        ensure_index(ALIAS)
        try:
            yield other
        finally:
            own.close()
            del connections[ALIAS]


def connected(url: str, folder: Any) -> DatabaseWrapper:
    """A connection of the product's, nobody else's."""
    usual = connections["default"].settings_dict
    made = DatabaseWrapper({**usual, **database(url, folder), "CONN_MAX_AGE": 0}, ALIAS)
    made.connect()
    return made


@pytest.fixture
def finished(url: str, ledger: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Somebody's statement is run while the first comment of the batch is being read into words; ends when both are done."""

    def run(statement: str) -> None:
        theirs = psycopg.connect(url)
        thread = threading.Thread(target=_done, args=(theirs, statement))
        monkeypatch.setattr(stems, "words", _between(url, theirs.info.backend_pid, thread, stems.words))
        catch_up()
        thread.join()

    return run


def _done(theirs: psycopg.Connection, statement: str) -> None:
    with theirs:
        theirs.execute(statement)


def _between(url: str, pid: int, thread: threading.Thread, words: Any) -> Any:
    def slowly(text: str, language: str = "fi") -> Any:
        if thread.ident is None:
            _until_it_waits(url, pid, thread)
        return words(text, language)

    return slowly


def _until_it_waits(url: str, pid: int, thread: threading.Thread) -> bool:
    """Start it; go on when it is done, or waits for a lock: whether it does."""
    thread.start()
    with psycopg.connect(url, autocommit=True) as watch:
        asked = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"
        while thread.is_alive():
            if watch.execute(asked, [pid]).fetchone() == (True,):
                return True
    return False


def said(ledger: psycopg.Connection, *texts: str) -> None:
    for number, text in enumerate(texts, start=1):
        ledger.execute("INSERT INTO ledger_comment (id, text) VALUES (%s, %s)", [number, text])


def found(asked: str) -> list[int]:
    return list(search(read(asked)).ids.tolist())


def rows(ledger: psycopg.Connection, table: str) -> list[int]:
    return [row[0] for row in ledger.execute(f"SELECT comment_id FROM {table} ORDER BY comment_id")]


def test_words_of_a_comment_that_is_erased_meanwhile_do_not_stay(
    ledger: psycopg.Connection, finished: Callable[[str], None]
):
    said(ledger, "Zorbanautti maistui", "Jono oli pitkä")
    finished("DELETE FROM ledger_comment WHERE id = 1")
    assert (rows(ledger, "texts_words"), rows(ledger, "texts_unread")) == ([2], [])


def test_a_comment_that_changes_meanwhile_is_not_found_by_its_old_words(
    ledger: psycopg.Connection, finished: Callable[[str], None]
):
    said(ledger, "Zorbanautti maistui")
    finished("UPDATE ledger_comment SET text = 'Palvelu parani' WHERE id = 1")
    assert found("zorbanautti") == []
    catch_up()
    assert (found("zorbanautti"), found("palvelu")) == ([], [1])


def test_what_is_covered_meanwhile_is_not_found(ledger: psycopg.Connection, finished: Callable[[str], None]):
    said(ledger, "Palvelija oli Zorbas")
    ledger.execute("INSERT INTO texts_commentanalysis VALUES (1, 'fi', '[]')")
    covered = '[{"type": "name", "start": 14, "end": 20}]'
    finished(f"UPDATE texts_commentanalysis SET pii = '{covered}' WHERE comment_id = 1")
    assert found("zorbas") == []
    catch_up()
    assert (found("zorbas"), found("palvelija")) == ([], [1])


def test_a_comment_that_is_being_erased_is_left_for_the_next_time(ledger: psycopg.Connection, url: str):
    said(ledger, "Zorbanautti maistui", "Jono oli pitkä")
    with psycopg.connect(url) as theirs:
        theirs.execute("DELETE FROM ledger_comment WHERE id = 1")
        assert catch_up() == 1
        theirs.rollback()
    assert catch_up() == 1
    assert found("zorbanautti") == [1]


def test_what_is_covered_is_left_out_and_its_place_kept(ledger: psycopg.Connection):
    said(ledger, "Kiitos Liisa Virtaselle avusta, numero 040 555 0199 vastasi")
    catch_up()
    assert found("555*") == found("virtaselle") == found('"kiitos avusta"') == []
    assert found("vastasi") == found('"avusta numero"') == [1]


COVERS = """'[{"type": "name", "start": 0, "end": 6}]'"""


@pytest.mark.parametrize(
    ("statement", "stay", "again"),
    [
        ("INSERT INTO texts_commentanalysis VALUES (1, 'fi', '[]')", [1, 2], [1]),
        (f"INSERT INTO texts_commentanalysis VALUES (1, 'fi', {COVERS})", [2], [1]),
        (f"UPDATE texts_commentanalysis SET pii = {COVERS} WHERE comment_id = 2", [1], [2]),
        ("UPDATE texts_commentanalysis SET language = 'sv', pii = '[]' WHERE comment_id = 2", [1, 2], [2]),
        ("UPDATE texts_commentanalysis SET language = 'fi', pii = '[]' WHERE comment_id = 2", [1, 2], []),
        ("DELETE FROM texts_commentanalysis WHERE comment_id = 2", [1], [2]),
    ],
)
def test_what_the_machine_reads_anew(ledger: psycopg.Connection, statement: str, stay: list[int], again: list[int]):
    said(ledger, "Jono oli pitkä", "Palvelu sujui")
    ledger.execute("INSERT INTO texts_commentanalysis VALUES (2, 'fi', '[]')")
    catch_up()
    ledger.execute(statement)
    assert (rows(ledger, "texts_words"), rows(ledger, "texts_unread")) == (stay, again)
    assert catch_up() == len(again)
    assert rows(ledger, "texts_words") == [1, 2]


def test_words_whose_comment_is_gone_are_forgotten(ledger: psycopg.Connection):
    said(ledger, "Jono oli pitkä")
    catch_up()
    ledger.execute("INSERT INTO texts_words VALUES (9, '''zorb'':1A'); INSERT INTO texts_unread VALUES (9)")
    forget()
    assert (rows(ledger, "texts_words"), rows(ledger, "texts_unread")) == ([1], [])


class Anew:
    """The index made anew, over a connection of its own; ``failed``: what ended it."""

    def __init__(self, url: str, folder: Any) -> None:
        self.connection = connected(url, folder)
        self.connection.inc_thread_sharing()
        self.pid = self.connection.connection.info.backend_pid
        self.thread = threading.Thread(target=self._run)
        self.failed: list[BaseException] = []

    def _run(self) -> None:
        connections[ALIAS] = self.connection
        try:
            catch_up()
        except BaseException as error:
            self.failed.append(error)
        finally:
            self.connection.close()


def test_an_index_that_is_made_anew_takes_comments_before_their_words(
    ledger: psycopg.Connection, url: str, tmp_path: Any
) -> None:
    """Whoever erases comments holds them and takes their words after: the index must not hold words and wait for the comments."""
    said(ledger, "Jono oli pitkä", "Palvelu sujui")
    catch_up()
    ledger.execute("UPDATE texts_index SET version = 'older'")
    anew = Anew(url, tmp_path)
    try:
        with psycopg.connect(url) as theirs:
            theirs.execute("DELETE FROM ledger_comment WHERE id = 2")
            assert _until_it_waits(url, anew.pid, anew.thread), anew.failed
            theirs.execute("SELECT 1 FROM texts_words WHERE comment_id = 1 FOR UPDATE NOWAIT")
    finally:
        anew.thread.join()
    assert anew.failed == []
    assert (rows(ledger, "texts_words"), rows(ledger, "texts_unread")) == ([1], [])
