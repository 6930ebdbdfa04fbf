"""The page of what is spoken of, and what is decided there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pages import Page
from topics_data import said

from kapula.text.stems import words
from kapula.text.topics.results import Phrase
from kapula_web.accounts.models import Organisation
from kapula_web.texts.models import DiscoveredMention, DiscoveredTheme, EmergingAlert, TopicSearch

AT = datetime(2026, 3, 9, tzinfo=UTC)


def phrase(text: str) -> dict[str, Any]:
    """As a search keeps it."""
    return Phrase(text, tuple(word.stem.main for word in words(text)), 4.0, 20, 0).to_dict()


PHRASES = [phrase("pysäköintihallin"), phrase("portti")]


def found(organisation: Organisation) -> dict[str, Any]:
    made = said(organisation)
    theme = DiscoveredTheme.objects.create(
        organisation=organisation, key="tabc", phrases=PHRASES, centroid=[1.0] * 384, embedded_by="hand-1", n=30, share=0.4,
        stability=0.9, status="born", found_at=AT, seen_at=AT,
    )  # fmt: skip
    DiscoveredMention.objects.bulk_create(
        DiscoveredMention(theme=theme, comment=one, place=place) for place, one in enumerate(made[:30])
    )
    TopicSearch.objects.create(
        organisation=organisation, at=AT, version="hand-1", found={"verdict": "found", "missed": 60}
    )
    return {}


def a_theme(organisation: Organisation) -> dict[str, Any]:
    found(organisation)
    return {"key": "tabc"}


def an_alert(organisation: Organisation) -> dict[str, Any]:
    found(organisation)
    alert = EmergingAlert.objects.create(
        organisation=organisation, topic="tabc", period="2026-W09", window=1, count=30, total=80, expected=2.5, ratio=12.0,
        low=5.0, high=30.0, p=1e-9, current=True, found_at=AT,
    )  # fmt: skip
    return {"alert": alert.pk}


def with_an_alert(organisation: Organisation) -> dict[str, Any]:
    an_alert(organisation)
    return {}


PAGES = [
    Page("texts:topics", "see", make=with_an_alert),
    Page("texts:topics_find", "model", make=found, method="POST"),
    Page("texts:topic_merge", "model", make=a_theme, method="POST"),
    Page("texts:topic_dismiss", "model", make=a_theme, method="POST"),
    Page("texts:topic_back", "model", make=a_theme, method="POST"),
    Page("texts:alert_seen", "model", make=an_alert, method="POST"),
]
