"""What the codebook misses: comments without a theme, and clauses of the others that no evidence of a theme stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kapula.text import stems
from kapula.text.topics.common import grammar, says_something

_CLAUSE: Final = re.compile(
    r"[^.!?;:\n]+?(?:[.!?;:\n]+|,\s+(?=(?:mutta|vaikka|men|fast|but|although)\b)|$)", re.IGNORECASE
)
LEAST_WORDS: Final = 3
"""Words besides those of grammar in a clause that is looked at by itself."""


@dataclass(frozen=True, slots=True)
class Piece:
    """``text`` of comment number ``comment``: the whole of it, or a clause."""

    comment: int
    text: str
    language: str


def has_theme(said: Any) -> bool:
    return bool(said)


def missed(texts: Sequence[str], languages: Sequence[str], coded: Sequence[Any] | None) -> list[Piece]:
    """Whole comments without a theme. ``coded``: for each comment its themes, as the contract has them or as codes."""
    return [
        Piece(place, text, languages[place])
        for place, text in enumerate(texts)
        if text and text.strip() and (coded is None or not has_theme(coded[place]))
    ]


def missed_clauses(texts: Sequence[str], languages: Sequence[str], coded: Sequence[Any]) -> list[Piece]:
    """Clauses of comments with themes, where no theme's evidence lies."""
    found = []
    for place, text in enumerate(texts):
        if not text or not has_theme(coded[place]):
            continue
        spans = list(_spans(coded[place]))
        if not spans:
            continue
        for clause in _CLAUSE.finditer(text):
            free = not any(start < clause.end() and clause.start() < end for start, end in spans)
            if free and _long(clause.group(), languages[place]):
                found.append(Piece(place, clause.group().strip(), languages[place]))
    return found


def speaking(pieces: Iterable[Piece]) -> tuple[list[Piece], int]:
    """Those that speak of something in particular, and how many do not."""
    told = list(pieces)
    kept = [piece for piece in told if says_something(piece.text, piece.language)]
    return kept, len(told) - len(kept)


def _spans(said: Any) -> Iterable[tuple[int, int]]:
    for theme in said:
        if isinstance(theme, dict):
            for start, end in theme.get("spans") or ():
                yield int(start), int(end)


def _long(clause: str, language: str) -> bool:
    return sum(word.form not in grammar() for word in stems.words(clause, language)) >= LEAST_WORDS
