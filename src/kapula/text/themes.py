"""Which of a codebook's themes a text speaks of, where, and in what spirit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kapula.text import fields, labels, spans
from kapula.text.codebook import Codebook, Head, Theme, words
from kapula.text.models.network import Reading, Settings

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


def log_odds(part: Part, theme: Theme, head: Head | None) -> float:
    """How likely the theme is: the network's own view (of a theme it does not know, what the telling words of its example phrases say),
    mended by what has been taught; −∞ when nobody knows it."""
    if head is None:
        return float(part.reading.themes[KNOWN[theme.code]]) if theme.code in KNOWN else -np.inf
    return (
        head.trust * own_view(part, theme, head.tier) + float(np.dot(head.weights, part.reading.embedding)) + head.bias
    )


def own_view(part: Part, theme: Theme, tier: str) -> float:
    if theme.code in KNOWN:
        return float(part.reading.themes[KNOWN[theme.code]])
    return words.log_odds(part.text, _language(part), words.telling(theme.examples, tier))


def _language(part: Part) -> str:
    return words.language_of(int(part.reading.logits["language"].argmax()))


@dataclass(frozen=True, slots=True)
class Sought:
    """A theme to look for. ``least``: the log odds from which on it is there; ``at``: its place among those the network knows, when
    nobody has taught anything about it."""

    theme: Theme
    head: Head | None
    least: float
    at: int | None


def sought(codebook: Codebook, heads: Mapping[str, Head], settings: Settings) -> list[Sought]:
    """What to look for in any text, in the codebook's order; of themes that nobody knows nothing."""
    found = []
    for theme in codebook.themes:
        head = heads.get(theme.code)
        least = fields.log_odds(theme.threshold or settings.thresholds.get(theme.code, 0.5))
        if head is not None or theme.code in KNOWN:
            found.append(Sought(theme, head, least, KNOWN[theme.code] if head is None else None))
    return found


def find(parts: Sequence[Part], wanted: Sequence[Sought]) -> list[Found]:
    """The themes of a text, in the codebook's order."""
    own = [part.reading.themes.tolist() for part in parts]
    found = []
    for one in wanted:
        at = one.at
        chances = [log_odds(part, one.theme, one.head) for part in parts] if at is None else [told[at] for told in own]
        showing = [part for part, chance in zip(parts, chances, strict=True) if chance >= one.least]
        if showing:
            places = [place for part in showing for place in _places(part, one.theme, one.head)]
            found.append(Found(one.theme.code, spans.merged(places), _attitude(showing, one.theme.code)))
    return found


def _places(part: Part, theme: Theme, head: Head | None) -> list[spans.Span]:
    reading = part.reading
    if theme.code in KNOWN:
        told = spans.evidence(part.text, reading.offsets, reading.evidence[:, KNOWN[theme.code]].tolist())
    elif head is not None:
        said = list(words.said(part.text, _language(part), words.telling(theme.examples, head.tier)))
        surest = max((telling for _, _, telling in said), default=0.0)
        where = {start for start, _, telling in said if telling == surest} if head.trust > 0 else set()
        told = tuple(one for one in spans.clauses(part.text) if any(one[0] <= start < one[1] for start in where)) or (
            spans.best_clause(
                part.text, reading.offsets, (reading.pieces @ np.asarray(head.weights, np.float32)).tolist()
            ),
        )
    return [(part.start + start, part.start + end) for start, end in told]


def _attitude(parts: Sequence[Part], code: str) -> str | None:
    if code not in KNOWN:
        return None
    told = [part.reading.attitude[KNOWN[code]] for part in parts]
    mean = told[0] if len(told) == 1 else np.mean(told, axis=0)
    return labels.SENTIMENTS[int(mean.argmax())]
