"""Comments to read, and a reader made by hand: what it says of a comment can be told from the comment's words.

The real reader is tried in test_texts_real.py; everything else about texts is the same whoever reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from kapula.text.codebook import Codebook, Head
from kapula.text.contract import SCHEMA
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Comment, Response, Source
from kapula_web.texts.services import analyse, asking

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORDS = {"jono": "waiting_time", "ystävälli": "staff_attitude", "hinta": "price_value", "sovellus": "digital_service"}
BAD = ("huono", "jono", "kallis", "ei toimi")
GOOD = ("hyvä", "ystävälli", "kiitos")


class Handmade:
    """A theme is there when one of its words or example phrases is. ``model``: which model it is; ``texts``: what it was given to read."""

    def __init__(self, model: str = "hand-1") -> None:
        self.model = model
        self.texts: list[str] = []
        self.embedded: list[str] = []
        self.fails_at = ""
        self.taught_bias = 0.0

    def version(self, codebook: Codebook) -> str:
        return f"{self.model}.{codebook.version}"

    def embedding_version(self) -> str:
        return self.model

    def analyse(self, texts: Sequence[str], codebook: Codebook) -> pa.Table:
        if self.fails_at and any(self.fails_at in text for text in texts):
            raise RuntimeError("The reader broke.")
        self.texts += list(texts)
        return pa.Table.from_pylist([said(text, codebook) for text in texts], schema=SCHEMA)

    def embed(self, texts: Sequence[str]) -> Any:
        self.embedded += list(texts)
        return np.stack([meaning(text) for text in texts])

    def read(self, texts: Sequence[str], codebook: Codebook) -> tuple[pa.Table, Any]:
        return self.analyse(texts, codebook), self.embed(texts)

    def teach(self, codebook: Codebook, code: str, texts: Sequence[str], there: Sequence[bool]) -> Head:
        """What the comments that speak of the theme have in common, and the others have not."""
        vectors, sides = self.embed(texts), np.where(np.array(there), 1.0, -1.0)
        weights = (vectors * sides[:, None]).mean(axis=0)
        return Head(tuple(float(one) for one in weights), self.taught_bias, 0.0, len(texts))


def said(text: str, codebook: Codebook) -> dict[str, Any]:
    """The row of one comment."""
    low = text.lower()
    good, bad = any(word in low for word in GOOD), any(word in low for word in BAD)
    sentiment = "mixed" if good and bad else "positive" if good else "negative" if bad else "neutral"
    themes = []
    for theme in codebook.themes:
        signs = [word for word, code in WORDS.items() if code == theme.code] + [one.lower() for one in theme.examples]
        spans = [[low.index(sign), low.index(sign) + len(sign)] for sign in signs if sign and sign in low]
        head = codebook.heads.get(theme.code)
        if head is not None:
            spans = [[0, len(text)]] if float(np.dot(head.weights, meaning(text))) + head.bias > 0 else []
        if spans:
            themes.append({"code": theme.code, "spans": spans, "sentiment": sentiment})
    return {
        "language": "fi", "sentiment": sentiment, "probability": 0.9, "abstained": False, "intensity": 2 if good or bad else 0,
        "emotion": "none", "dimensions": ["ease"] if "jono" in low else [], "themes": themes, "resolved": None,
        "churn_risk": "vaihdan" in low, "urgent": "heti" in low, "suggestion": False, "empathy": None, "pii": [],
    }  # fmt: skip


def meaning(text: str) -> Any:
    """A unit vector of the words: the more words two texts share, the nearer they are."""
    found = np.zeros(384, dtype=np.float32)
    for word in text.lower().split():
        found[int(hashlib.sha256(word[:5].encode()).hexdigest(), 16) % 384] += 1.0
    length = float(np.linalg.norm(found))
    return found / length if length else found


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Handmade:
    """The reader made by hand in place of the library's."""
    made = Handmade()
    monkeypatch.setattr(analyse, "library", lambda: made)
    monkeypatch.setattr(analyse, "library_behind", lambda: made)
    monkeypatch.setattr(asking, "_nothing_waited", {})
    return made


def comments(organisation: Organisation, texts: Sequence[str], customer: str = "") -> list[Comment]:
    """An answer with each text, as an import brings them."""
    source, _ = Source.objects.get_or_create(organisation=organisation, code="survey")
    start = Response.objects.count()
    answers = Response.objects.bulk_create(
        Response(
            organisation=organisation, source=source, external_id=f"c{start + number}", customer=customer,
            occurred_at=NOON + timedelta(hours=number), received_at=NOON, answers={"nps": number % 11},
        )
        for number in range(len(texts))
    )  # fmt: skip
    changed(organisation=organisation, table="responses", first_id=answers[0].pk, last_id=answers[-1].pk)
    return Comment.objects.bulk_create(
        Comment(response=response, question="why", text=text) for response, text in zip(answers, texts, strict=True)
    )
