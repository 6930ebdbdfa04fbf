"""A page of the list by what stands on its edge, not by its number: new comments do not push others from page to page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kapula_web.texts.explorer.choosing import Chosen, Rows
from kapula_web.texts.explorer.shelf import Shelf

PER_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Cut:
    """``rows``: of this page. ``before``/``after``: the edges to go on from, empty where there is nothing more."""

    rows: Rows
    before: str
    after: str
    first: int
    total: int

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if len(self.rows) else 0


def cut(shelf: Shelf, chosen: Chosen, *, old_first: bool = False, after: str = "", before: str = "") -> Cut:
    """The page after one edge, or before another; the first one when neither can be read."""
    total, start = len(chosen), 0
    keys, edge = _keys(shelf, chosen, old_first), _edge(after or before)
    if edge is not None and total:
        rank = _rank(keys, edge)
        start = max(rank - PER_PAGE, 0) if before and not after else min(rank, total)
        if after and rank < total and tuple(keys[rank].tolist()) == edge:
            start = rank + 1
    rows = chosen.rows[start : start + PER_PAGE]
    end = start + len(rows)
    return Cut(
        rows,
        _named(keys[start]) if start and len(rows) else "",
        _named(keys[end - 1]) if end < total and len(rows) else "",
        start + 1,
        total,
    )


def _keys(shelf: Shelf, chosen: Chosen, old_first: bool) -> npt.NDArray[np.int64]:
    """What each row is ordered by, rising: (n, 2)."""
    ids = shelf.ids[chosen.rows]
    if chosen.scores is None:
        return np.stack([shelf.moments[chosen.rows], ids], axis=1) * (1 if old_first else -1)
    bits = chosen.scores.astype(np.float32).view(np.int32).astype(np.int64)
    ranks = np.where(bits < 0, -(bits & 0x7FFFFFFF), bits)  # as integers in the order of the floats
    return -np.stack([ranks, ids], axis=1)


def _rank(keys: npt.NDArray[np.int64], edge: tuple[int, int]) -> int:
    """How many rows come before the edge."""
    return int(np.count_nonzero((keys[:, 0] < edge[0]) | ((keys[:, 0] == edge[0]) & (keys[:, 1] < edge[1]))))


def _named(key: npt.NDArray[np.int64]) -> str:
    return f"{int(key[0])}.{int(key[1])}"


def _edge(text: str) -> tuple[int, int] | None:
    first, dot, second = text.partition(".")
    try:
        found = int(first), int(second)
    except ValueError:
        return None
    return found if dot and all(abs(one) < 2**63 for one in found) else None
