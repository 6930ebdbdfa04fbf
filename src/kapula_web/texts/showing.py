"""A comment as a page shows it: personal data covered, the words that show a theme marked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kapula_web.texts.masking import apart, cover


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text. ``mark``: it shows the theme; ``covered``: it stands in place of personal data."""

    text: str
    mark: bool = False
    covered: bool = False


def pieces(text: str, personal: Sequence[Mapping[str, Any]], spans: Iterable[Sequence[int]] = ()) -> list[Piece]:
    """``personal``: [{type, start, end}]; ``spans``: [start, end) of the text's characters."""
    hidden = apart(personal, len(text))
    marks = _depths(spans, len(text))
    edges = sorted({0, len(text), *marks, *(edge for start, end, _ in hidden for edge in (start, end))})
    found: list[Piece] = []
    depth, waiting = 0, deque(hidden)
    for start, end in pairwise(edges):  # one sweep: nothing that is behind is looked at again
        depth += marks.get(start, 0)
        while waiting and waiting[0][1] <= start:
            waiting.popleft()
        if not waiting or start < waiting[0][0]:
            found.append(Piece(text[start:end], depth > 0))
        elif waiting[0][0] == start:
            found.append(Piece(cover(waiting[0][2]), depth > 0, covered=True))
    return found


def _depths(spans: Iterable[Sequence[int]], length: int) -> dict[int, int]:
    """Place → how many more marks begin there than end; what is empty inside a text of ``length`` is left out."""
    found: dict[int, int] = {}
    for span in spans:
        start, end = max(int(span[0]), 0), min(int(span[1]), length)
        if start < end:
            found[start] = found.get(start, 0) + 1
            found[end] = found.get(end, 0) - 1
    return found
