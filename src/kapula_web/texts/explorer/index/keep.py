"""Keeping the index: reading comments that have been noted as unread, and forgetting for good.

What is covered on the page (:mod:`kapula_web.texts.masking`) is not put in, whoever searches: a search that finds a comment by the
digits of a covered number tells the number, digit by digit, and leaves no mark in the audit log.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from kapula.text import stems
from kapula_web.texts.masking import apart, personal_in

BATCH: Final = 1_000
MOST_WORDS: Final = 10_000
"""Of one comment. What comes after is found by other means: nobody writes so much by hand."""

_HELD: Final = "covered"
"""Of the index's version: changes when something else of a comment is put in, and then all are put in anew."""
_HOLE: Final = "\ue000"
"""Stands where a word is covered, so that those around it make no phrase. No search can ask for it: it is no letter."""

_UNREAD: Final = "SELECT u.comment_id FROM texts_unread u JOIN ledger_comment c ON c.id = u.comment_id ORDER BY u.comment_id LIMIT %s"
_ALONE: Final = {"sqlite": "", "postgresql": " FOR UPDATE OF u SKIP LOCKED"}
_STILL: Final = {"sqlite": "", "postgresql": " FOR SHARE OF c SKIP LOCKED"}
"""A comment that is being changed or erased right now is left for the next time, and until its words are in, no other can change or erase
it: what takes words away must come before the batch or after it. Sharing, for an UPDATE of the text passes by FOR KEY SHARE."""
_ROWS: Final = """SELECT c.id, c.text, c.language, a.language, CAST(a.pii AS text) FROM ledger_comment c
    LEFT JOIN texts_commentanalysis a ON a.comment_id = c.id WHERE c.id IN ({}) ORDER BY c.id"""


@dataclass(frozen=True, slots=True)
class Row:
    """A comment to be put in. ``language``: the one its words are brought to stems by. ``hidden``: what is covered, in order."""

    comment: int
    text: str
    language: str
    hidden: list[tuple[int, int, str]]


def waiting(organisation_id: int) -> int:
    """How many of the organisation's comments cannot be found by their words yet."""
    key = _KEY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM texts_unread u JOIN ledger_comment c ON c.id = u.comment_id "
            "JOIN ledger_response r ON r.id = c.response_id WHERE r.organisation_id = %s "
            # One that is put in again with what the machine has read since can be found meanwhile.
            f"AND NOT EXISTS (SELECT 1 FROM texts_words w WHERE w.{key} = u.comment_id)",
            [organisation_id],
        )
        return int(cursor.fetchone()[0])


def catch_up(report: Callable[[int, int], None] | None = None) -> int:
    """Read every unread comment, of all organisations, a batch a transaction. Returns how many were read.

    When words get other stems than those the index was made by (Voikko was installed, say), all are read anew.
    """
    _begin_anew_if_stems_changed()
    done, total = 0, _count()
    while read := _batch():
        done += read
        if report:
            report(done, max(total, done))
    return done


def forget() -> None:
    """After an erasure: what was removed leaves no trace in the index's own storage either.

    Words whose comment is gone should not be there; they go all the same. FTS5 keeps removed words in its segments until they are merged.
    In PostgreSQL vacuum does it, as for every table.
    """
    key = _KEY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM texts_words WHERE {key} NOT IN (SELECT id FROM ledger_comment)")
        cursor.execute("DELETE FROM texts_unread WHERE comment_id NOT IN (SELECT id FROM ledger_comment)")
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO texts_words (texts_words) VALUES ('optimize')")


def _begin_anew_if_stems_changed() -> None:
    version = f"{stems.version()}-{_HELD}"
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT version FROM texts_index")
        held = cursor.fetchone()
        if held and held[0] == version:
            return
        if held:
            if connection.vendor == "postgresql":  # comments before their words: kapula_web.ledger.comments
                cursor.execute("SELECT count(*) FROM (SELECT id FROM ledger_comment ORDER BY id FOR SHARE) taken")
            cursor.execute("DELETE FROM texts_words")
            cursor.execute("DELETE FROM texts_unread")
            cursor.execute("INSERT INTO texts_unread (comment_id) SELECT id FROM ledger_comment")
        cursor.execute("DELETE FROM texts_index")
        cursor.execute("INSERT INTO texts_index (version) VALUES (%s)", [version])


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM texts_unread")
        return int(cursor.fetchone()[0])


def _batch() -> int:
    vendor = connection.vendor
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        found = _chosen(cursor, vendor)
        cursor.executemany(_INSERT[vendor], [_ROW[vendor](row) for row in found])
        cursor.executemany("DELETE FROM texts_unread WHERE comment_id = %s", [(row.comment,) for row in found])
    return len(found)


def _chosen(cursor: Any, vendor: str) -> list[Row]:
    """Locked first and looked at after, in a statement of its own: it sees what was committed until the locks were there."""
    cursor.execute(_UNREAD + _ALONE[vendor] + _STILL[vendor], [BATCH])
    ids = [row[0] for row in cursor.fetchall()]
    if not ids:
        return []
    cursor.execute(_ROWS.format(", ".join(["%s"] * len(ids))), ids)
    return [_row(*row) for row in cursor.fetchall()]


def _row(comment: int, text: str, said: str, read_as: str | None, pii: str | None) -> Row:
    personal = personal_in(text, said, None if pii is None else json.loads(pii))
    return Row(comment, text, said or read_as or "fi", apart(personal, len(text)))


def _words(row: Row) -> Iterator[stems.Word | None]:
    """The words in order; None for one of which something is covered."""
    at = 0
    for count, word in enumerate(stems.words(row.text, row.language)):
        if count == MOST_WORDS:
            return
        while at < len(row.hidden) and row.hidden[at][1] <= word.start:
            at += 1
        yield None if at < len(row.hidden) and row.hidden[at][0] < word.end else word


def _for_sqlite(row: Row) -> tuple[Any, ...]:
    """Three columns in which a word's place is the same: but parts have no places, for they are never searched as a phrase."""
    found = list(_words(row))
    parts = [part for word in found if word is not None for part in (*word.stem.others, *word.stem.parts)]
    mains = [_HOLE if word is None else word.stem.main for word in found]
    forms = [_HOLE if word is None else word.form for word in found]
    return row.comment, *(" ".join(column) for column in (mains, parts, forms))


def _for_postgresql(row: Row) -> tuple[Any, ...]:
    """A tsvector as text: stems weigh A, other readings and parts B, forms D, all at the word's place."""
    lexemes: dict[str, list[str]] = {}
    for place, word in enumerate(_words(row), start=1):
        for lexeme, weight in _weighed(word) if word is not None else ():
            lexemes.setdefault(lexeme, []).append(f"{min(place, 16_383)}{weight}")
    return row.comment, " ".join(f"'{lexeme}':{','.join(places[:255])}" for lexeme, places in lexemes.items())


def _weighed(word: stems.Word) -> list[tuple[str, str]]:
    parts = [(part, "B") for part in (*word.stem.others, *word.stem.parts)]
    return [(word.stem.main, "A"), *parts, (word.form, "")]


_INSERT: Final = {
    "sqlite": "INSERT OR REPLACE INTO texts_words (rowid, stems, parts, forms) VALUES (%s, %s, %s, %s)",
    "postgresql": "INSERT INTO texts_words (comment_id, words) VALUES (%s, %s::tsvector) "
    "ON CONFLICT (comment_id) DO UPDATE SET words = excluded.words",
}
_ROW: Final[dict[str, Callable[[Row], tuple[Any, ...]]]] = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}
_KEY: Final = {"sqlite": "rowid", "postgresql": "comment_id"}
