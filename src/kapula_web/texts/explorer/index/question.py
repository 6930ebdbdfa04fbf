"""What a person asks for: words, "a phrase", a beginning* and what must -not be there. Words are joined by "and"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kapula.text.stems import LANGUAGES, Word, plain, words

MOST_TERMS: Final = 12
LONGEST: Final = 200

QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))  # a telephone writes them by itself
_TERM: Final = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True)
class Term:
    """``readings``: for each language the words of the term; more than one word is a phrase. ``beginning``: the form that words
    begin with, for a term with a star."""

    readings: tuple[tuple[Word, ...], ...] = ()
    beginning: str = ""
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    terms: tuple[Term, ...]

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.excluded)

    @property
    def excluded(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.excluded)

    def __bool__(self) -> bool:
        return bool(self.terms)


def read(text: str) -> Question:
    """The question a search field holds; what is no word (a dash alone, a lone quote) asks for nothing."""
    found = (_term(*match.groups()) for match in _TERM.finditer(text[:LONGEST].translate(QUOTES)))
    return Question(tuple(term for term in found if term is not None)[:MOST_TERMS])


def _term(minus: str | None, phrase: str | None, word: str | None) -> Term | None:
    written, excluded = phrase if phrase is not None else word or "", bool(minus)
    if phrase is None and written.endswith("*"):
        parts = list(words(written))
        if len(parts) == 1:
            return Term(beginning=plain(parts[0].form), excluded=excluded)
    readings = tuple(tuple(words(written, language)) for language in LANGUAGES)
    return Term(readings, excluded=excluded) if readings[0] else None
