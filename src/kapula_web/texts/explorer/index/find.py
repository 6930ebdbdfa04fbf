"""Asking the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.db import connection

from kapula.text.stems import Word
from kapula_web.texts.explorer.index.question import Question, Term


@dataclass(frozen=True, slots=True)
class Found:
    """Comments of every organisation that fit: whoever asks keeps to those of their own. ``ids`` rising; ``scores``: the higher the better.
    ``but``: with nothing but exclusions in the question, ``ids`` are those excluded."""

    ids: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float32]
    but: bool = False


def search(question: Question) -> Found:
    """The comments that hold all the wanted terms and none of the excluded ones.

    Scores: BM25 in SQLite (Robertson & Zaragoza 2009), ``ts_rank`` in PostgreSQL; a stem counts more than a part of a compound.
    """
    vendor, but = connection.vendor, not question.wanted
    with connection.cursor() as cursor:
        cursor.execute(_SQL[vendor], _ARGUMENTS[vendor](question, but))
        rows = cursor.fetchall()
    ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    scores = np.fromiter((row[1] for row in rows), np.float32, len(rows))
    order = np.argsort(ids, kind="stable")
    return Found(ids[order], scores[order], but)


_SQL: Final = {
    "sqlite": "SELECT rowid, -bm25(texts_words, 10.0, 3.0, 1.0) FROM texts_words WHERE texts_words MATCH %s",
    "postgresql": "SELECT comment_id, ts_rank('{0.1, 0.1, 0.3, 1.0}', words, asked.q) FROM texts_words, "
    "(SELECT %s::tsquery AS q) asked WHERE words @@ asked.q",
}


def _for_sqlite(question: Question, but: bool) -> list[Any]:
    excluded = " OR ".join(_match(term) for term in question.excluded)
    wanted = " AND ".join(_match(term) for term in question.wanted)
    if but:
        return [excluded]
    return [f"({wanted}) NOT ({excluded})" if excluded else wanted]


def _match(term: Term) -> str:
    if term.beginning:
        return f'forms : "{term.beginning}" *'
    return "(" + " OR ".join(dict.fromkeys(_match_words(reading) for reading in term.readings)) + ")"


def _match_words(words: tuple[Word, ...]) -> str:
    if len(words) > 1:
        return 'stems : "' + " ".join(word.stem.main for word in words) + '"'
    readings = " OR ".join(f'"{reading}"' for reading in words[0].stem.readings)
    return f"{{stems parts}} : ({readings})"


def _for_postgresql(question: Question, but: bool) -> list[Any]:
    excluded = [_asked(term) for term in question.excluded]
    if but:
        return [" | ".join(excluded)]
    return [" & ".join([*(_asked(term) for term in question.wanted), *(f"!{term}" for term in excluded)])]


def _asked(term: Term) -> str:
    if term.beginning:
        return f"'{term.beginning}':*"
    return "(" + " | ".join(dict.fromkeys(_asked_words(reading) for reading in term.readings)) + ")"


def _asked_words(words: tuple[Word, ...]) -> str:
    if len(words) > 1:
        return "(" + " <-> ".join(f"'{word.stem.main}':A" for word in words) + ")"
    return "(" + " | ".join(f"'{reading}':AB" for reading in words[0].stem.readings) + ")"


_ARGUMENTS: Final = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}
