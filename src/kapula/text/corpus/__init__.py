"""Comments to learn from: written for Kapula as customers write, each labelled by docs/text/labelling.md.

One ``<batch>.jsonl`` for each batch; a batch has one author, whose letter begins its name, so that what is learned from some
authors can be tried on another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Theme:
    """``spans``: where the words are that show the theme, as [start, end) of the text's characters."""

    code: str
    spans: tuple[Span, ...]
    sentiment: str


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data at [start, end)."""

    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A labelled comment. ``kinds``: what makes it special (litotes, irony, typos …). ``domain``: the kind of company it is about.
    ``perhaps``: themes that only the second reader saw, and that stayed a tie."""

    batch: str
    text: str
    language: str
    sentiment: str
    intensity: int
    emotion: str
    dimensions: tuple[str, ...]
    themes: tuple[Theme, ...]
    resolved: bool | None
    churn_risk: bool
    urgent: bool
    suggestion: bool
    empathy: str | None
    personal: tuple[Personal, ...]
    domain: str
    kinds: tuple[str, ...]
    perhaps: tuple[str, ...]

    @property
    def author(self) -> str:
        return self.batch[0]


def batches() -> tuple[str, ...]:
    """Names of the batches, in order."""
    return tuple(
        sorted(path.name.removesuffix(".jsonl") for path in files(__name__).iterdir() if path.name.endswith(".jsonl"))
    )


def raw(batch: str) -> Iterator[dict[str, Any]]:
    """A batch's lines as they are written: defaults left out, evidence as quotes."""
    for line in (files(__name__) / f"{batch}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def load(language: str | None = None, authors: tuple[str, ...] = ()) -> tuple[Comment, ...]:
    """Every comment, in the order of the batches; of one language, and of some authors (their letters), when given."""
    chosen = (batch for batch in batches() if not authors or batch.startswith(authors))
    every = (_comment(batch, line) for batch in chosen for line in raw(batch))
    return tuple(comment for comment in every if language is None or comment.language == language)


@dataclass(frozen=True, slots=True)
class Line:
    """Of which only the language is told. ``aside``: never learned from (a fifth of them, by their words)."""

    text: str
    language: str

    @property
    def aside(self) -> bool:
        return hashlib.sha256(self.text.encode()).digest()[0] % 5 == 0


def languages() -> tuple[Line, ...]:
    """Lines in many languages, and in Finnish, Swedish and English that look like others."""
    told = (files(__name__) / "languages.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(Line(*row.split("\t")) for row in told[1:])


def _comment(batch: str, line: Mapping[str, Any]) -> Comment:
    text = line["text"]
    return Comment(
        batch=batch,
        text=text,
        language=line.get("language", "fi"),
        sentiment=line["sentiment"],
        intensity=line["intensity"],
        emotion=line["emotion"],
        dimensions=tuple(line.get("dimensions", ())),
        themes=tuple(
            Theme(theme["code"], tuple(_span(text, quote) for quote in theme["quotes"]), theme["sentiment"])
            for theme in line.get("themes", ())
        ),
        resolved=line.get("resolved"),
        churn_risk=line.get("churn_risk", False),
        urgent=line.get("urgent", False),
        suggestion=line.get("suggestion", False),
        empathy=line.get("empathy"),
        personal=tuple(Personal(one["type"], *_span(text, one["quote"])) for one in line.get("pii", ())),
        domain=line["domain"],
        kinds=tuple(line.get("kinds", ())),
        perhaps=tuple(line.get("perhaps", ())),
    )


def _span(text: str, quote: str) -> Span:
    start = text.index(quote)
    return start, start + len(quote)
