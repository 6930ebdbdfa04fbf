"""A comment as a page shows it: personal data covered, the words that show a theme marked."""

from __future__ import annotations

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
    marked = [(max(int(span[0]), 0), min(int(span[1]), len(text))) for span in spans]
    edges = {0, len(text)}
    for start, end in [(first, last) for first, last, _ in hidden] + marked:
        edges |= {start, end}
    found: list[Piece] = []
    ends = sorted(edges)
    for start, end in pairwise(ends):
        mark = any(first <= start and end <= last for first, last in marked)
        hiding = next((one for one in hidden if one[0] <= start and end <= one[1]), None)
        if hiding is None:
            found.append(Piece(text[start:end], mark))
        elif hiding[0] == start:
            found.append(Piece(cover(hiding[2]), mark, covered=True))
    return found
