"""Whether a comment is in two languages: read piece by piece with the groups of letters that tell the language of the whole.

A piece is a clause, or a window of a few words, for nobody need put a comma where the language changes. Its log odds are those of the
n-gram model (``models.grams``) for the piece's words alone,

    log odds(piece, language) = Σ rarity · weight / √(Σ rarity²) + bias   over the groups of its words,

and how *clear* it is, is by how much the likeliest language leads the next. A comment is mixed when two languages each have a clear piece.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kapula.text import labels, prepare
from kapula.text.models import grams

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

LEAD: Final = 1.05  # a language's lead in log odds over √characters, as it grows in a text of one: above it no second one is looked for
OTHER: Final = labels.LANGUAGES.index("other")
WINDOWS: Final = range(4, 9)  # words of a piece whose edges no mark shows
CLEAR: Final = 2.0  # log odds
CLEAR_PAIR: Final = 4.0  # of a clause of two words: "thanks bye" is said in every language
FOREIGN: Final = 5.0  # a word in letters that no language read here is written with says so by this much
SCRIPT: Final = 3  # such words make a piece

CHUNK: Final = re.compile(r"\S+")
TAIL: Final = re.compile(r"-[^\W\d_]")  # of a compound whose beginning is several words: "out of office -viestejä"
BORROWED: Final = 3  # at most so many of them
MARKS: Final = ".,!?…:;()*-–—'’\"/&+"
BEFORE: Final = "(–—"
AFTER: Final = ".,!?…:;)–—"
ENDS: Final = ".!?…:"
QUOTED: Final = re.compile(r"[\"”“„«»][^\"”“„«»\n]{1,80}[\"”“„«»]|\b(?:\w ){3,}\w\b")  # and letters s p e l l e d out


@dataclass(frozen=True, slots=True)
class Pieces:
    """``start``, ``end``: words of each piece, [start, end). ``clause``: whether marks stand at both its edges."""

    start: Places
    end: Places
    clause: npt.NDArray[np.bool_]


def is_mixed(texts: Sequence[str], logits: Sequence[npt.NDArray[np.float32]]) -> bool:
    """Whether the parts of a comment (``prepare.parts``), together, are in two languages. ``logits``: (languages,) of each part, as
    ``grams`` told them: only where these leave room for a second language is anything read again.

    Fi, sv and en are each other's match. One of them beside a language that none of them is counts only clause by clause, or where its
    letters show it: Danish and Estonian look Swedish and Finnish here and there.
    """
    if not _may_be(texts, logits):
        return False
    found, clauses = words(" \n".join(texts))
    if len(found) < min(WINDOWS):
        return False
    return _two(found, _pieces(clauses))


def words(text: str) -> tuple[list[str], Places]:
    """The words that tell what language somebody writes, and the clause each is in: no names amid a sentence, numbers, addresses, or what
    stands in quotation marks, which is another's."""
    text = QUOTED.sub(lambda quoted: " " * len(quoted.group()), text)
    found: list[str] = []
    clauses: list[int] = []
    clause, begins = 0, True
    for chunk in CHUNK.finditer(text):
        one = chunk.group()
        word = one.strip(MARKS)
        if TAIL.match(one):  # said in the language of its last word, whatever its beginning was borrowed from
            kept = len(found) - clauses[-BORROWED:].count(clause)
            del found[kept:], clauses[kept:]
        clause += one[0] in BEFORE or one == "-"
        name = not begins and word[:1].isupper() and word[1:].islower()
        begins = one[-1] in ENDS or text[chunk.end() : chunk.end() + 1] == "\n"
        if word and not name and all(sign.isalpha() or sign in "'’-/" for sign in word):
            found.append(word)
            clauses.append(clause)
        clause += one[-1] in AFTER or begins
    return found, np.array(clauses, np.intp)


def _may_be(texts: Sequence[str], logits: Sequence[npt.NDArray[np.float32]]) -> bool:
    """No language leads far enough in some part, or two parts are in different ones."""
    firsts = set()
    for text, one in zip(texts, logits, strict=True):
        told = one[: OTHER + 1].tolist()
        second, first = sorted(told)[-2:]
        if first - second < LEAD * math.sqrt(len(text)):
            return True
        firsts.add(told.index(first))
    return len(firsts) > 1


def _pieces(clauses: Places) -> Pieces:
    count = len(clauses)
    edges = np.concatenate([[0], np.flatnonzero(np.diff(clauses)) + 1, [count]])
    long = np.diff(edges) > 1
    windows = [np.arange(count - length + 1) for length in WINDOWS]
    start = np.concatenate([edges[:-1][long], *windows])
    end = np.concatenate([edges[1:][long], *(one + length for one, length in zip(windows, WINDOWS, strict=True))])
    return Pieces(start, end, np.arange(len(start)) < int(long.sum()))


def _two(found: Sequence[str], pieces: Pieces) -> bool:
    foreign = np.array([not word.isascii() and (prepare.latin([word]) or 0.0) < 0.5 for word in found])
    told = _log_odds(found, foreign, pieces)
    order = told.argsort(axis=1)
    rows, first = np.arange(len(told)), order[:, -1]
    lead = told[rows, first] - told[rows, order[:, -2]]
    length = pieces.end - pieces.start
    clear = (lead >= CLEAR) & (length > 2) | pieces.clause & (lead >= CLEAR_PAIR)
    own = set(first[clear & (first != OTHER)].tolist())
    if len(own) > 1:
        return True
    if bool(own) and int(foreign.sum()) >= SCRIPT:
        return True
    aside = bool((clear & pieces.clause & (first == OTHER) & (length > 2)).any())
    return aside and bool((clear & pieces.clause & (first != OTHER)).any())


def _log_odds(found: Sequence[str], foreign: npt.NDArray[np.bool_], pieces: Pieces) -> Floats:
    """(pieces, fi sv en other), from running sums over the words."""
    told, squares, bias = grams.load().by_word(found, "language", OTHER + 1)
    sure = np.full(OTHER + 1, -FOREIGN)
    sure[OTHER] = FOREIGN
    told[foreign] = np.sqrt(squares[foreign])[:, None] * sure
    sums = np.concatenate([np.zeros((1, OTHER + 1)), told.cumsum(axis=0)])
    long = np.concatenate([[0.0], squares.cumsum()])
    size = np.sqrt(long[pieces.end] - long[pieces.start])
    return np.asarray((sums[pieces.end] - sums[pieces.start]) / size[:, None] + bias, np.float64)
