"""Themes the codebook misses as the page tells them: the sure ones first, shares of what is said to be counted, no quote twice; and when it
is said that shares may still change."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pages_topics import AT, PHRASES, found
from texts_data import reader
from topics_data import QUEUE, said

from kapula.text.shares import ShareDifference, ShareRow
from kapula_web.accounts.models import Membership, Organisation
from kapula_web.texts.models import CommentAnalysis, DiscoveredMention, DiscoveredTheme
from kapula_web.texts.services.waiting import Standing
from kapula_web.texts.topics.lists import themes_found
from kapula_web.texts.topics.page import Asked, _partly, context
from kapula_web.texts.topics.tables import cell, legend

__all__ = ["reader"]
pytestmark = pytest.mark.usefixtures("reader")


def unsure(organisation: Organisation) -> DiscoveredTheme:
    """A larger theme than the sure one, of the same comments."""
    theme = DiscoveredTheme.objects.create(
        organisation=organisation, key="tunsure", phrases=[{**PHRASES[0], "text": "kahviautomaatti"}], centroid=[1.0] * 384,
        embedded_by="hand-1", n=45, share=0.9, stability=0.65, status="continuing", found_at=AT, seen_at=AT,
    )  # fmt: skip
    first = DiscoveredMention.objects.order_by("place")[:5]
    DiscoveredMention.objects.bulk_create(
        DiscoveredMention(theme=theme, comment=one.comment, place=place) for place, one in enumerate(first)
    )
    return theme


def owner(organisation: Organisation) -> Membership:
    return Membership.objects.get(organisation=organisation, role="owner")


def test_the_sure_ones_are_first_and_the_rest_are_folded(
    aurinko: Organisation, olga: object, signed_in: object
) -> None:
    found(aurinko)
    unsure(aurinko)
    assert [(one.theme.key, one.sure) for one in themes_found(owner(aurinko))] == [("tabc", True), ("tunsure", False)]
    client: Client = signed_in(olga)  # type: ignore[operator]
    html = client.get(reverse("texts:topics", args=[aurinko.slug])).content.decode()
    sure, _, folded = html.partition("Yksi epävarmempi aihe")
    assert "pysäköintihalli" in sure
    assert "kahviautomaatti" not in sure
    assert "kahviautomaatti" in folded


def test_where_none_is_sure_that_is_said(aurinko: Organisation, olga: object, signed_in: object) -> None:
    found(aurinko)
    DiscoveredTheme.objects.update(stability=0.7)
    client: Client = signed_in(olga)  # type: ignore[operator]
    html = client.get(reverse("texts:topics", args=[aurinko.slug])).content.decode()
    assert "Mikään löydetty aihe ei ole varma teema." in html


def test_a_share_is_of_the_comments_without_a_theme(aurinko: Organisation, olga: object) -> None:
    """30 of the 60 that the search says are without one, whatever was kept of another count."""
    found(aurinko)
    (theme,) = themes_found(owner(aurinko))
    assert (theme.n, theme.share.replace("\xa0", " ")) == ("30", "50 %")


def test_no_quote_is_told_twice(aurinko: Organisation, olga: object) -> None:
    found(aurinko)
    unsure(aurinko)
    mentions = DiscoveredMention.objects.filter(theme__key="tabc").order_by("place")
    second = mentions[1].comment
    second.text = mentions[0].comment.text.upper() + "!!"
    second.save()
    quotes = [quote for one in themes_found(owner(aurinko)) for quote in one.quotes]
    assert len(quotes) == len({quote.lower().strip("!") for quote in quotes}) == 4  # of five comments, two the same


@pytest.mark.parametrize(
    ("stands", "told"),
    [(Standing(9, 9, 9), ""), (Standing(9, 2, 5), "luettu vasta 5/9"), (Standing(9, 2, 9), "uudelleen, tehty 2/9")],
)
def test_shares_may_change_only_while_something_is_unread(stands: Standing, told: str) -> None:
    line = _partly(stands)
    assert told in line
    assert bool(line) is bool(told)


def test_comments_read_by_an_earlier_version_are_no_unread_ones(aurinko: Organisation, olga: object) -> None:
    said(aurinko, QUEUE)
    CommentAnalysis.objects.update(version="older")
    found = context(owner(aurinko), Asked(""))
    assert found["answer"].startswith("Eniten puhutaan teemasta")
    assert found["partly"].startswith("Kommentteja luetaan uudelleen, tehty 0/20")


def test_a_cell_tells_by_a_triangle_what_the_legend_says() -> None:
    row = ShareRow.__new__(ShareRow)
    for name, value in (("value", 0.5), ("low", 0.4), ("high", 0.6)):
        object.__setattr__(row, name, value)
    more = ShareDifference.__new__(ShareDifference)
    object.__setattr__(more, "value", 0.1)
    texts = [cell(row, one).replace("\xa0", " ").replace("\N{WORD JOINER}", "") for one in (None, more)]
    assert texts == ["50 % (40–60 %)", "50 % ▲ (40–60 %)"]
    assert legend().startswith("▲ varmasti enemmän kuin muissa")
    assert cell(None, None) == "–"
