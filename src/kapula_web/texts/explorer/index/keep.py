"""Keeping the index: reading comments that have been noted as unread, and forgetting for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db import connection, transaction

from kapula.text import stems

BATCH: Final = 1_000
MOST_WORDS: Final = 10_000
"""Of one comment. What comes after is found by other means: nobody writes so much by hand."""

_UNREAD: Final = """SELECT c.id, c.text, coalesce(nullif(c.language, ''), a.language, 'fi') FROM texts_unread u
    JOIN ledger_comment c ON c.id = u.comment_id LEFT JOIN texts_commentanalysis a ON a.comment_id = c.id
    ORDER BY u.comment_id LIMIT %s"""


def waiting(organisation_id: int) -> int:
    """How many of the organisation's comments cannot be found by their words yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM texts_unread u JOIN ledger_comment c ON c.id = u.comment_id "
            "JOIN ledger_response r ON r.id = c.response_id WHERE r.organisation_id = %s",
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

    FTS5 keeps removed words in its segments until they are merged. In PostgreSQL vacuum does it, as for every table.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO texts_words (texts_words) VALUES ('optimize')")


def _begin_anew_if_stems_changed() -> None:
    version = stems.version()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT version FROM texts_index")
        held = cursor.fetchone()
        if held and held[0] == version:
            return
        if held:
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
    locked = " FOR UPDATE OF u SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_UNREAD + locked, [BATCH])
        found = cursor.fetchall()
        cursor.executemany(_INSERT[connection.vendor], [_ROW[connection.vendor](*row) for row in found])
        cursor.executemany("DELETE FROM texts_unread WHERE comment_id = %s", [(row[0],) for row in found])
    return len(found)


def _words(text: str, language: str) -> list[stems.Word]:
    found = []
    for word in stems.words(text, language):
        found.append(word)
        if len(found) == MOST_WORDS:
            break
    return found


def _for_sqlite(comment: int, text: str, language: str) -> tuple[Any, ...]:
    """Three columns in which a word's place is the same: but parts have no places, for they are never searched as a phrase."""
    found = _words(text, language)
    parts = [part for word in found for part in (*word.stem.others, *word.stem.parts)]
    return comment, *(" ".join(column) for column in ([w.stem.main for w in found], parts, [w.form for w in found]))


def _for_postgresql(comment: int, text: str, language: str) -> tuple[Any, ...]:
    """A tsvector as text: stems weigh A, other readings and parts B, forms D, all at the word's place."""
    lexemes: dict[str, list[str]] = {}
    for place, word in enumerate(_words(text, language), start=1):
        for lexeme, weight in _weighed(word):
            lexemes.setdefault(lexeme, []).append(f"{min(place, 16_383)}{weight}")
    return comment, " ".join(f"'{lexeme}':{','.join(places[:255])}" for lexeme, places in lexemes.items())


def _weighed(word: stems.Word) -> list[tuple[str, str]]:
    parts = [(part, "B") for part in (*word.stem.others, *word.stem.parts)]
    return [(word.stem.main, "A"), *parts, (word.form, "")]


_INSERT: Final = {
    "sqlite": "INSERT OR REPLACE INTO texts_words (rowid, stems, parts, forms) VALUES (%s, %s, %s, %s)",
    "postgresql": "INSERT INTO texts_words (comment_id, words) VALUES (%s, %s::tsvector) "
    "ON CONFLICT (comment_id) DO UPDATE SET words = excluded.words",
}
_ROW: Final[dict[str, Callable[[int, str, str], tuple[Any, ...]]]] = {
    "sqlite": _for_sqlite,
    "postgresql": _for_postgresql,
}
