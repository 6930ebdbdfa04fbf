"""From pieces that show a theme to the words a reader is shown."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

Span = tuple[int, int]

CLAUSE: Final = re.compile(
    r"[.!?;:,…()\n]+\s*|\s[–-]\s|\s+(?=(?:mutta|vaan|paitsi|kun taas|men|utan|but|except|although)\b)", re.IGNORECASE
)
SHOWS: Final = 0.4  # a piece belongs to the evidence
SURE: Final = 0.5  # and some piece of a stretch must be surer
GAP: Final = 2  # pieces between that do not break a stretch


def evidence(text: str, offsets: Sequence[Span], shown: Sequence[float]) -> tuple[Span, ...]:
    """Stretches of whole words where pieces show the theme; the best clause when none does clearly.

    ``offsets``: where each piece is in the text; ``shown``: (pieces,) probability of each. Never empty for a text that has words.
    """
    if max(shown) < SURE:
        return (best_clause(text, offsets, shown),)
    found: list[Span] = []
    stretch: list[int] = []
    for at in [*[at for at, one in enumerate(shown) if one >= SHOWS], len(shown) + GAP + 1]:
        if stretch and at - stretch[-1] > GAP + 1:
            if max([shown[piece] for piece in stretch]) >= SURE:
                found.append(_words(text, offsets[stretch[0]][0], offsets[stretch[-1]][1]))
            stretch = []
        if at < len(shown) and offsets[at][1] > offsets[at][0]:
            stretch.append(at)
    return merged(found) or (best_clause(text, offsets, shown),)


def best_clause(text: str, offsets: Sequence[Span], scores: Sequence[float]) -> Span:
    """The clause whose pieces score highest in the mean."""
    told = clauses(text)
    if len(told) == 1:
        return told[0]
    sums, counts = [0.0] * len(told), [0] * len(told)
    at = 0
    for (start, end), score in zip(offsets, scores, strict=True):
        middle = (start + end) / 2  # pieces come in the text's order
        while at < len(told) and told[at][1] <= middle:
            at += 1
        if at < len(told) and end > start and told[at][0] <= middle:
            sums[at] += score
            counts[at] += 1
    best = max(range(len(told)), key=lambda at: sums[at] / counts[at] if counts[at] else -math.inf)
    return told[best]


def clauses(text: str) -> list[Span]:
    """Clauses between marks and turning words, without the white space around; the whole text when there is one."""
    edges = [0]
    for found in CLAUSE.finditer(text):
        edges += [found.start(), found.end()]
    edges.append(len(text))
    told = [_trimmed(text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return [(start, end) for start, end in told if end > start] or [_trimmed(text, 0, len(text))]


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """In order, those that touch made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _words(text: str, start: int, end: int) -> Span:
    """Grown to whole words."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and not (text[start].isalnum() or ord(text[start]) > 0x2190):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else (start, min(len(text), max(end, start)))
