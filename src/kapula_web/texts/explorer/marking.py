"""A comment's text in pieces: personal data covered, the words that show a theme and those that were searched for marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from kapula.text.stems import Word, words
from kapula_web.texts.explorer.index import Question
from kapula_web.texts.masking import apart, cover


@dataclass(frozen=True, slots=True)
class Mark:
    """[start, end) shows the theme of this number (of the comment's own, from 1). ``hue``: its colour, as a number of the six."""

    start: int
    end: int
    number: int
    hue: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """``marks``: the themes the words show; ``ends``: those of them of which these are the last words. ``hit``: they were searched for.
    ``covered``: the piece stands for personal data."""

    text: str
    marks: tuple[Mark, ...] = ()
    hit: bool = False
    covered: bool = False
    ends: tuple[Mark, ...] = ()

    @property
    def legend(self) -> str:
        """ "1" or "1, 3": the numbers that stand after the words, as six colours do not tell fourteen themes apart."""
        return ", ".join(dict.fromkeys(str(mark.number) for mark in self.ends))

    @property
    def mark(self) -> Mark | None:
        """The one it is drawn as."""
        return self.marks[0] if self.marks else None

    @property
    def names(self) -> str:
        return ", ".join(dict.fromkeys(mark.name for mark in self.marks))


def pieces(
    text: str, personal: Sequence[Mapping[str, Any]], marks: Iterable[Mark] = (), hits: Iterable[tuple[int, int]] = ()
) -> list[Piece]:
    """The text from beginning to end, nothing left out but what is ``personal`` ([{type, start, end}]): that is named, not shown."""
    hidden = apart(personal, len(text))
    said = [replace(one, start=max(one.start, 0), end=min(one.end, len(text))) for one in marks]
    found, shown = [], [hit for hit in hits if not any(hit[0] < end and start < hit[1] for start, end, _ in hidden)]
    edges = {0, len(text), *(e for start, end, _ in hidden for e in (start, end)), *(e for hit in shown for e in hit)}
    ends = sorted(edges | {edge for one in said for edge in (one.start, one.end) if 0 <= edge <= len(text)})
    for start, end in pairwise(ends):
        shown_by = tuple(one for one in said if one.start <= start and end <= one.end)
        hiding = next((one for one in hidden if one[0] <= start and end <= one[1]), None)
        if hiding is None:
            hit = any(one[0] <= start and end <= one[1] for one in shown)
            found.append(Piece(text[start:end], shown_by, hit, ends=tuple(one for one in shown_by if one.end == end)))
        elif hiding[0] == start:
            found.append(Piece(cover(hiding[2]), shown_by, covered=True))
    return found


def hits_of(text: str, language: str, question: Question) -> list[tuple[int, int]]:
    """Where the words that were asked for stand."""
    wanted = {stem for term in question.wanted for reading in term.readings for word in reading for stem in _keys(word)}
    beginnings = tuple(term.beginning for term in question.wanted if term.beginning)
    return [
        (word.start, word.end)
        for word in words(text, language)
        if wanted & {*_keys(word), *word.stem.parts} or (beginnings and word.form.startswith(beginnings))
    ]


def _keys(word: Word) -> tuple[str, ...]:
    return word.stem.readings
