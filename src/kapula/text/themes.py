"""Which of a codebook's themes a text speaks of, where, and in what spirit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kapula.text import fields, labels, spans
from kapula.text.codebook import Codebook, Head
from kapula.text.models.network import Floats, Reading, Settings

KNOWN = {code: index for index, code in enumerate(labels.THEMES)}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text as it was read: where it begins and what the network made of it."""

    start: int
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Found:
    """``sentiment`` None: of a theme the network does not know; read its words by themselves."""

    code: str
    spans: tuple[spans.Span, ...]
    sentiment: str | None

    def to_dict(self, sentiment: str | None = None) -> dict[str, Any]:
        return {"code": self.code, "spans": [list(one) for one in self.spans], "sentiment": self.sentiment or sentiment}


def log_odds(code: str, known: Floats, embedding: Floats, head: Head | None) -> float:
    """How likely the theme is: the network's own view, mended by what has been taught; −∞ when neither knows it."""
    own = float(known[KNOWN[code]]) if code in KNOWN else -np.inf
    if head is None:
        return own
    base = head.trust * own if code in KNOWN else 0.0
    return base + float(np.dot(head.weights, embedding)) + head.bias


def find(parts: Sequence[Part], codebook: Codebook, heads: Mapping[str, Head], settings: Settings) -> list[Found]:
    """The themes of a text, in the codebook's order."""
    found = []
    for theme in codebook.themes:
        head = heads.get(theme.code)
        threshold = theme.threshold or settings.thresholds.get(theme.code, 0.5)
        chances = [log_odds(theme.code, part.reading.themes, part.reading.embedding, head) for part in parts]
        if not fields.above(max(chances), threshold):
            continue
        showing = [part for part, chance in zip(parts, chances, strict=True) if fields.above(chance, threshold)]
        places = [place for part in showing for place in _places(part, theme.code, head)]
        found.append(Found(theme.code, spans.merged(places), _attitude(showing, theme.code)))
    return found


def _places(part: Part, code: str, head: Head | None) -> list[spans.Span]:
    reading = part.reading
    if code in KNOWN:
        told = spans.evidence(part.text, reading.offsets, reading.evidence[:, KNOWN[code]])
    else:
        weights = np.asarray(head.weights if head else (), np.float32)
        told = (spans.best_clause(part.text, reading.offsets, reading.pieces @ weights),)
    return [(part.start + start, part.start + end) for start, end in told]


def _attitude(parts: Sequence[Part], code: str) -> str | None:
    if code not in KNOWN:
        return None
    told = [part.reading.attitude[KNOWN[code]] for part in parts]
    mean = told[0] if len(told) == 1 else np.mean(told, axis=0)
    return labels.SENTIMENTS[int(mean.argmax())]
