"""From what is asked to places on the shelf: by words from the index, by meaning from the matrix."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from kapula.errors import KapulaError
from kapula_web.accounts.models import Organisation
from kapula_web.texts.explorer import index
from kapula_web.texts.explorer.choosing import Hits, Mask, base_mask, filtered
from kapula_web.texts.explorer.filters import Filters
from kapula_web.texts.explorer.matrix import Matrix, matrix_of
from kapula_web.texts.explorer.shelf import Shelf
from kapula_web.texts.services import analyse

NEAREST: Final = 100
"""How many comments a search by meaning shows: nearness has no natural end, and those far down the list are near nothing."""


def can_be_searched(filters: Filters) -> bool:
    """Whether there is a word in what is written: a dash, brackets or a picture alone are in no index and mean nothing to the model."""
    if filters.how == "meaning":
        return any(letter.isalnum() for letter in filters.q)
    return bool(index.read(filters.q))


def search(
    organisation: Organisation, shelf: Shelf, filters: Filters, teams: frozenset[str] | None = None
) -> Hits | None:
    """What the view searches for; None when it searches for nothing. ``teams``: those whose comments the person may read."""
    if filters.like is not None:
        readable = base_mask(shelf, Filters(), teams)
        return _like(organisation, shelf, filters.like, filtered(shelf, filters, teams), readable)
    if not filters.q:
        return None
    if not can_be_searched(filters):
        return Hits(np.empty(0, np.intp), np.empty(0, np.float32))
    if filters.how == "meaning":
        library = analyse.library()
        vector = np.asarray(library.embed([filters.q]), np.float32)[0]
        among = filtered(shelf, filters, teams)
        return _nearest(matrix_of(organisation.pk, shelf.version), shelf, vector, among, library.embedding_version())
    return _by_words(shelf, index.read(filters.q))


def without_meaning(organisation: Organisation, shelf: Shelf) -> int:
    """How many comments a search by meaning, or for comments like one, cannot compare with: not read yet, or read by another version."""
    matrix = matrix_of(organisation.pk, shelf.version)
    places = shelf.rows_of(matrix.ids)
    same = (places >= 0) & (matrix.versions == _version())
    return len(shelf) - int(np.count_nonzero(same))


def waits_for_meaning(organisation: Organisation, shelf: Shelf, comment: int, teams: frozenset[str] | None) -> bool:
    """Whether no others can be compared with the comment yet, for it has not been read as comments are read now. Of a comment that the
    person may not read (``teams``) nothing is told."""
    own = shelf.rows_of(np.array([comment], np.int64))[0]
    readable = own >= 0 and bool(base_mask(shelf, Filters(), teams)[own])
    return readable and _place(matrix_of(organisation.pk, shelf.version), comment) is None


def _by_words(shelf: Shelf, question: index.Question) -> Hits:
    found = index.search(question)
    rows = shelf.rows_of(found.ids)
    there = rows >= 0
    if found.but:
        left = np.ones(len(shelf), bool)
        left[rows[there]] = False
        rows = np.flatnonzero(left)
        return Hits(rows, np.zeros(len(rows), np.float32))
    return Hits(rows[there], found.scores[there])


def _like(organisation: Organisation, shelf: Shelf, comment: int, among: Mask, readable: Mask) -> Hits:
    """The comments nearest to one, itself first. One that the person may not read, or the machine has not as comments are read now, has no
    neighbours: by an earlier version it could be near others by words that are covered since."""
    matrix = matrix_of(organisation.pk, shelf.version)
    own, row = shelf.rows_of(np.array([comment], np.int64))[0], _place(matrix, comment)
    if own < 0 or not readable[own] or row is None:
        return Hits(np.empty(0, np.intp), np.empty(0, np.float32))
    vector = matrix.steps[row].astype(np.float32) * matrix.scales[row]
    return _nearest(matrix, shelf, vector, among, str(matrix.versions[row]))


def _place(matrix: Matrix, comment: int) -> int | None:
    """The comment's row, if its meaning is of the version that comments are read by now."""
    row = int(np.searchsorted(matrix.ids, comment))
    there = row < len(matrix.ids) and matrix.ids[row] == comment
    return row if there and matrix.versions[row] == _version() else None


def _version() -> str:
    """Of the meanings that can be compared; none where no model is installed."""
    try:
        return analyse.library().embedding_version()
    except KapulaError:
        return ""


def _nearest(matrix: Matrix, shelf: Shelf, vector: npt.NDArray[np.float32], among: Mask, version: str) -> Hits:
    places = shelf.rows_of(matrix.ids)
    there = places >= 0
    there[there] = among[places[there]]
    there &= matrix.versions == version  # the meanings of two models cannot be compared
    rows = np.flatnonzero(there)
    near = matrix.nearness(vector, rows)
    if len(rows) > NEAREST:
        best = np.argpartition(-near, NEAREST)[:NEAREST]
        rows, near = rows[best], near[best]
    return Hits(places[rows], near)
