"""Two people, or a person and an erasure, at the codebook at once: on PostgreSQL the second waits, and meets what the first has done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from elsewhere import Connect, Elsewhere, connect
from pages_topics import AT, phrase
from texts_data import reader
from topics_data import said

from kapula_web.accounts.models import AuditEntry, Organisation
from kapula_web.ledger.erasure import _erase
from kapula_web.ledger.models import Response
from kapula_web.texts.models import CodebookTheme, CustomerPhrase, DiscoveredMention, DiscoveredTheme
from kapula_web.texts.services import codebook as services
from kapula_web.texts.services.names import NameTakenError
from kapula_web.texts.topics import deciding

__all__ = ["connect", "reader"]
pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("reader")]
NAMES = {"fi": "Zorbanautti"}
TEXTS = ["Zorbanautti jumittui", "Zorbanautti söi kortin", "Portti jumittui", "Portti ei auennut", "Portti haisi"]
Meanwhile = Callable[[Callable[[], object]], Elsewhere]


@pytest.fixture
def theme(connect: Connect, request: pytest.FixtureRequest) -> DiscoveredTheme:
    """Found in comments of which two speak of the zorbanautti: one is K-1's, one K-2's."""
    organisation = Organisation.objects.create(name="Aurinko", slug=f"o{abs(hash(request.node.name))}")
    made = said(organisation, TEXTS)
    for comment, customer in zip(made, ("K-1", "K-2"), strict=False):
        Response.objects.filter(pk=comment.response_id).update(customer=customer)
    found = DiscoveredTheme.objects.create(
        organisation=organisation, key="tabc", phrases=[phrase("zorbanautti"), phrase("portti")], centroid=[1.0] * 384,
        embedded_by="hand-1", n=5, share=0.4, stability=0.9, status="born", found_at=AT, seen_at=AT,
    )  # fmt: skip
    DiscoveredMention.objects.bulk_create(
        DiscoveredMention(theme=found, comment=one, place=place) for place, one in enumerate(made)
    )
    services.codebook_of(organisation)
    return found


@pytest.fixture
def meanwhile(connect: Connect) -> Iterator[Meanwhile]:
    """Work over another connection that has begun and waits for this one, or has ended."""
    begun: list[Elsewhere] = []

    def begin(work: Callable[[], object]) -> Elsewhere:
        begun.append(Elsewhere(connect(), work))
        begun[-1].until_it_waits()
        return begun[-1]

    yield begin
    for one in begun:
        one.thread.join()


def create(theme: DiscoveredTheme) -> CodebookTheme:
    book = services.codebook_of(theme.organisation)
    return services.create_theme(codebook=book, actor=None, fields={"names": NAMES, "examples": ["oma"]})


def change(theme: DiscoveredTheme) -> list[str]:
    other = services.codebook_of(theme.organisation).themes.get(code="facilities")
    return services.change_theme(theme=other, actor=None, fields={"names": NAMES})


def merge(theme: DiscoveredTheme) -> CodebookTheme | None:
    return deciding.merge(theme=DiscoveredTheme.objects.get(pk=theme.pk), actor=None)


def restore(theme: DiscoveredTheme) -> None:
    book = services.codebook_of(theme.organisation)
    services.restore_theme(theme=book.themes.get(code="retired"), actor=None)


def called(theme: DiscoveredTheme) -> int:
    """Themes in use of the name that is fought for."""
    return CodebookTheme.objects.filter(
        codebook__organisation=theme.organisation, names__fi=NAMES["fi"], retired_at=None
    ).count()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (create, create),
        (create, change),
        (create, merge),
        (create, restore),
        (change, merge),
        (merge, create),
        (merge, change),
    ],
)
def test_of_two_that_give_one_name_at_once_the_second_is_refused(
    theme: DiscoveredTheme, meanwhile: Meanwhile, first: Any, second: Any
) -> None:
    services.codebook_of(theme.organisation).themes.create(code="retired", names=NAMES, retired_at=AT)
    with transaction.atomic():
        first(theme)
        other = meanwhile(lambda: second(theme))
    other.thread.join()
    assert [type(error) for error in other.failed] == [NameTakenError]
    assert called(theme) == 1


def test_a_theme_that_two_merge_at_once_is_merged_once(theme: DiscoveredTheme, meanwhile: Meanwhile) -> None:
    with transaction.atomic():
        assert merge(theme) is not None
        other = meanwhile(lambda: merge(theme))
    other.thread.join()
    assert (other.failed, called(theme)) == ([], 1)


def test_two_themes_of_alike_names_have_codes_of_their_own_also_at_once(
    theme: DiscoveredTheme, meanwhile: Meanwhile
) -> None:
    book = services.codebook_of(theme.organisation)
    with transaction.atomic():
        services.create_theme(codebook=book, actor=None, fields={"names": {"fi": "Palautus"}})
        other = meanwhile(
            lambda: services.create_theme(codebook=book, actor=None, fields={"names": {"fi": "Palautus!"}})
        )
    other.thread.join()
    assert other.failed == []
    assert set(book.themes.filter(code__startswith="palautus").values_list("code", flat=True)) == {
        "palautus", "palautus_2",
    }  # fmt: skip


def test_an_erasure_during_a_merge_takes_its_phrase_out_again(theme: DiscoveredTheme, meanwhile: Meanwhile) -> None:
    with transaction.atomic():
        assert merge(theme) is not None
        other = meanwhile(lambda: _erase(theme.organisation, "K-1"))
    other.thread.join()
    assert other.failed == []
    assert examples(theme) == [["portti"]]


def test_a_merge_during_an_erasure_takes_along_what_is_left(theme: DiscoveredTheme, meanwhile: Meanwhile) -> None:
    with transaction.atomic():
        _erase(theme.organisation, "K-1")
        other = meanwhile(lambda: merge(theme))
    other.thread.join()
    assert other.failed == []
    assert examples(theme) == [["portti"]]
    assert "orbanautti" not in str(list(AuditEntry.objects.filter(organisation=theme.organisation).values("details")))


def test_what_a_person_saves_during_an_erasure_brings_no_words_back(
    theme: DiscoveredTheme, meanwhile: Meanwhile
) -> None:
    """Their form was opened before: it holds the phrase still."""
    made = merge(theme)
    assert made is not None
    fields, seen = {"names": made.names, "examples": [*made.examples, "oma"]}, services.digest(made)
    with transaction.atomic():
        _erase(theme.organisation, "K-1")
        other = meanwhile(lambda: services.change_theme(theme=made, actor=None, fields=fields, seen=seen))
    other.thread.join()
    assert [type(error) for error in other.failed] == [services.ThemeChangedError]
    assert examples(theme) == [["portti"]]


def test_an_erasure_during_a_change_takes_its_phrase_out_after_it(theme: DiscoveredTheme, meanwhile: Meanwhile) -> None:
    made = merge(theme)
    assert made is not None
    with transaction.atomic():
        services.change_theme(theme=made, actor=None, fields={"examples": ["zorbanautti", "oma"]})
        other = meanwhile(lambda: _erase(theme.organisation, "K-1"))
    other.thread.join()
    made.refresh_from_db()
    assert (other.failed, made.examples) == ([], ["oma"])


def examples(theme: DiscoveredTheme) -> list[list[str]]:
    """Of the theme that was merged; what the codebook holds of customers' words is the same."""
    own = CodebookTheme.objects.filter(codebook__organisation=theme.organisation, code__startswith="found_")
    found = list(own.values_list("examples", flat=True))
    kept = CustomerPhrase.objects.filter(theme__in=own).values_list("text", flat=True)
    assert set(kept) == {text for texts in found for text in texts}
    return found
