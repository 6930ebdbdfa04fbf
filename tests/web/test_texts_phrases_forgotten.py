"""What was found in comments does not outlive them: phrases that nobody left says are neither shown nor stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pages_topics import AT
from texts_data import reader
from topics_data import COFFEE, PARKING, QUEUE, said

from kapula.text.stems import words
from kapula.text.topics import Discovery
from kapula.text.topics.results import Phrase
from kapula_web.accounts.models import AuditEntry, Organisation, User
from kapula_web.ledger.comments import remove_comments
from kapula_web.ledger.erasure import erase_customer
from kapula_web.ledger.models import Response
from kapula_web.texts.models import DiscoveredMention, DiscoveredTheme, EmergingAlert, TopicSearch
from kapula_web.texts.topics import deciding, forgetting, searching

__all__ = ["reader"]
pytestmark = pytest.mark.usefixtures("reader")
THEIRS = ["Pysäköinnin zorbanautti söi portilta kortin", "Zorbanautti söi portilta kortin taas"]


def phrase(text: str) -> Phrase:
    return Phrase(text, tuple(word.stem.main for word in words(text)), 4.0, 2, 0)


@pytest.fixture
def theme(aurinko: Organisation) -> DiscoveredTheme:
    """Found in thirty comments and in two of a customer's, K-1, who alone wrote of the zorbanautti, and "portilta"."""
    made = said(aurinko, [*PARKING, *THEIRS])
    Response.objects.filter(pk__in=[one.response_id for one in made[-2:]]).update(customer="K-1")
    phrases = [phrase(text).to_dict() for text in ("zorbanautti", "portilta", "pysäköintihallin")]
    found = DiscoveredTheme.objects.create(
        organisation=aurinko, key="tabc", phrases=phrases, centroid=[1.0] * 384, embedded_by="hand-1", n=32, share=0.4,
        stability=0.9, status="born", found_at=AT, seen_at=AT,
    )  # fmt: skip
    DiscoveredMention.objects.bulk_create(
        DiscoveredMention(theme=found, comment=one, place=place) for place, one in enumerate(made)
    )
    TopicSearch.objects.create(organisation=aurinko, at=AT, version="hand-1", found={"verdict": "found", "missed": 60})
    EmergingAlert.objects.create(
        organisation=aurinko, topic="tabc", period="2026-W09", window=1, count=30, total=80, expected=2.5, ratio=12.0,
        low=5.0, high=30.0, p=1e-9, current=True, found_at=AT,
    )  # fmt: skip
    return found


def told(theme: DiscoveredTheme) -> list[str]:
    theme.refresh_from_db()
    return [one["text"] for one in theme.phrases]


def erased(organisation: Organisation) -> None:
    erase_customer(organisation=organisation, customer="K-1", actor=None)


def removed(organisation: Organisation) -> None:
    remove_comments(
        "response_id IN (SELECT id FROM ledger_response WHERE customer = 'K-1')", organisation_id=organisation.pk
    )


@pytest.mark.parametrize("remove", [erased, removed])
def test_what_the_gone_alone_said_goes_with_them(
    aurinko: Organisation, theme: DiscoveredTheme, remove: Any, olga: User, signed_in: Callable[[User], Client]
) -> None:
    remove(aurinko)
    assert told(theme) == ["portti", "pysäköintihallin"]  # as the others write it
    page = signed_in(olga).get(reverse("texts:topics", args=["aurinko"])).content.decode()
    assert "portti · pysäköintihallin" in page
    assert "zorbanautti" not in page
    assert "zorbanautti" not in str(list(DiscoveredTheme.objects.values()))


def test_themes_from_which_nothing_went_are_not_read(
    aurinko: Organisation, theme: DiscoveredTheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(aurinko, ["Jonotin tunnin"])
    Response.objects.filter(pk__gt=theme.mentions.order_by("-place")[0].comment.response_id).update(customer="K-2")
    read: list[DiscoveredTheme] = []
    monkeypatch.setattr(forgetting, "keep_what_is_said", read.append)
    erase_customer(organisation=aurinko, customer="K-2", actor=None)
    assert read == []


def test_what_others_say_too_stays(aurinko: Organisation, theme: DiscoveredTheme) -> None:
    said(aurinko, ["Zorbanautti jumittui"])
    Response.objects.filter(customer="K-1").order_by("pk").last().delete()  # type: ignore[union-attr]
    before = told(theme)
    Response.objects.filter(pk=theme.mentions.order_by("place")[0].comment.response_id).update(customer="K-2")
    erase_customer(organisation=aurinko, customer="K-2", actor=None)
    assert told(theme) == before


def test_a_theme_without_phrases_is_told_of_no_more(
    aurinko: Organisation, theme: DiscoveredTheme, olga: User, signed_in: Callable[[User], Client]
) -> None:
    Response.objects.filter(organisation=aurinko).update(customer="K-1")
    said(aurinko, ["Jonotin tunnin"])
    erased(aurinko)
    assert told(theme) == []
    page = signed_in(olga).get(reverse("texts:topics", args=["aurinko"])).content.decode()
    assert "Nousee juuri nyt" not in page
    assert "topics/tabc" not in page


def test_the_log_names_a_dismissed_theme_by_what_is_left(
    aurinko: Organisation, theme: DiscoveredTheme, olga: User
) -> None:
    deciding.dismiss(theme=theme, actor=olga)
    erased(aurinko)
    assert AuditEntry.objects.get(action="topics.dismissed").details == {"theme": "portti · pysäköintihallin"}
    assert "zorbanautti" not in str(list(AuditEntry.objects.values()))


def test_a_search_under_way_does_not_bring_them_back(
    aurinko: Organisation, monkeypatch: pytest.MonkeyPatch, theme: DiscoveredTheme
) -> None:
    said(aurinko, [*COFFEE, *QUEUE])  # what a search finds nothing without
    searched(aurinko, monkeypatch, lambda: erased(aurinko), phrase("zorbanautti"), phrase("portti"))
    assert DiscoveredTheme.objects.filter(seen_at__gt=AT).exists()
    assert "zorbanautti" not in str(list(DiscoveredTheme.objects.values()))


def test_a_phrase_is_kept_as_the_themes_own_comments_write_it(
    aurinko: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(aurinko, [*PARKING, *COFFEE, *QUEUE])
    elsewhere = replace(phrase("portti"), text="porttihan")
    searched(aurinko, monkeypatch, lambda: None, elsewhere)
    found = [one.phrases for one in DiscoveredTheme.objects.all()]
    assert [{**elsewhere.to_dict(), "text": "portti"}] in found
    assert "porttihan" not in str(found)


def searched(
    organisation: Organisation, patch: pytest.MonkeyPatch, meanwhile: Callable[[], None], *told: Phrase
) -> None:
    """A search that finds its themes by these phrases; ``meanwhile``: before they are kept."""
    discover = searching.discover

    def slow(*given: Any, **more: Any) -> Discovery:
        found = discover(*given, **more)
        meanwhile()
        return replace(found, themes=tuple(replace(one, phrases=told) for one in found.themes))

    patch.setattr(searching, "discover", slow)
    searching.search(organisation, SimpleNamespace(report=lambda done, total: None))  # type: ignore[arg-type]


def test_where_a_theme_without_comments_lay_is_forgotten_and_it_is_not_known_again(
    aurinko: Organisation, monkeypatch: pytest.MonkeyPatch, theme: DiscoveredTheme
) -> None:
    """The mean of the meanings of comments that are all gone is made of nothing else."""
    Response.objects.filter(organisation=aurinko).exclude(customer="K-1").delete()
    erased(aurinko)
    theme.refresh_from_db()
    assert (theme.phrases, theme.centroid) == ([], [])
    said(aurinko, [*PARKING, *COFFEE, *QUEUE])
    searched(aurinko, monkeypatch, lambda: None, phrase("portti"))
    assert DiscoveredTheme.objects.exclude(pk=theme.pk).exists()
    assert DiscoveredTheme.objects.get(pk=theme.pk).status == "born"
