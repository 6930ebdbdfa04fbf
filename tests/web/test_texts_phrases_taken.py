"""Customers' phrases that a discovered theme brought into the codebook do not outlive those who said them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from pages_topics import AT, phrase
from texts_data import reader
from topics_data import PARKING, said

from kapula_web.accounts.models import AuditEntry, Organisation, User
from kapula_web.jobs.models import Job
from kapula_web.ledger.comments import remove_comments
from kapula_web.ledger.erasure import erase_customer
from kapula_web.ledger.models import Response
from kapula_web.texts.models import (
    CodebookTheme,
    CustomerPhrase,
    DiscoveredMention,
    DiscoveredTheme,
    PhraseMention,
)
from kapula_web.texts.services import trying
from kapula_web.texts.services.codebook import change_theme, codebook_of, create_theme
from kapula_web.texts.services.correct import correct
from kapula_web.texts.topics import deciding
from kapula_web.texts.topics.forgetting import NAMED

__all__ = ["reader"]
pytestmark = pytest.mark.usefixtures("reader")
ODD = ["Zorbanautti jumittui aamulla", "Zorbanautti söi kortin", "Taas zorbanautti jumittui", "Zorbanautti on rikki"]
Found = Callable[..., DiscoveredTheme]


@pytest.fixture
def found(aurinko: Organisation) -> Found:
    """A theme of thirty comments on parking, a person each, and of four that speak of the zorbanautti, by the customers told."""

    def make(*who: str, phrases: tuple[str, ...] = ("zorbanautti", "portti")) -> DiscoveredTheme:
        made = said(aurinko, [*PARKING, *ODD])
        for comment, customer in zip(made[-4:], who, strict=True):
            Response.objects.filter(pk=comment.response_id).update(customer=customer)
        theme = DiscoveredTheme.objects.create(
            organisation=aurinko, key="tabc", phrases=[phrase(one) for one in phrases], centroid=[1.0] * 384,
            embedded_by="hand-1", n=len(made), share=0.4, stability=0.9, status="born", found_at=AT, seen_at=AT,
        )  # fmt: skip
        DiscoveredMention.objects.bulk_create(
            DiscoveredMention(theme=theme, comment=one, place=place) for place, one in enumerate(made)
        )
        return theme

    return make


def merged(theme: DiscoveredTheme) -> CodebookTheme:
    made = deciding.merge(theme=theme, actor=None)
    assert made is not None
    return made


def erased(organisation: Organisation, customer: str = "K-1") -> None:
    erase_customer(organisation=organisation, customer=customer, actor=None)


def removed(organisation: Organisation) -> None:
    theirs = "response_id IN (SELECT id FROM ledger_response WHERE customer = 'K-1')"
    remove_comments(theirs, organisation_id=organisation.pk)


def kept() -> str:
    """All that the codebook, its log and the looks at past comments hold. What the log calls a found theme is forgetting's to see to."""
    tables = [table.objects.all() for table in (CodebookTheme, CustomerPhrase, Job)]
    return str([list(rows.values()) for rows in (*tables, AuditEntry.objects.exclude(action__in=NAMED))]).lower()


@pytest.mark.parametrize("remove", [erased, removed])
def test_what_only_one_other_said_goes_with_the_one_who_said_it(
    aurinko: Organisation, found: Found, remove: Any, anna: User, signed_in: Callable[[User], Client]
) -> None:
    theme = merged(found("K-1", "K-1", "K-1", "K-2"))
    assert (theme.name, theme.examples) == ("Zorbanautti", ["zorbanautti", "portti"])
    change_theme(theme=theme, actor=anna, fields={"examples": [*theme.examples, "portti jumissa"]})
    comment = Response.objects.filter(customer="").first().comments.get()  # type: ignore[union-attr]
    correct(comment=comment, theme=theme, present=True, sentiment=None, actor=anna)
    form = {"name_fi": "Zorbanautti", "examples": "zorbanautti", "colour": "cat-3", "preview": "1"}
    signed_in(anna).post(reverse("texts:theme_change", args=["aurinko", theme.code]), form)
    Job.objects.filter(kind=trying.TRY).update(state=Job.State.DONE)
    before = theme.codebook.revision
    remove(aurinko)
    theme.refresh_from_db()
    theme.codebook.refresh_from_db()
    assert (theme.name, theme.examples) == ("Portti", ["portti", "portti jumissa"])
    assert theme.codebook.revision == before + 1
    assert "zorbanautti" not in kept()
    entry = AuditEntry.objects.get(action="codebook.phrases_gone")
    assert (entry.object_id, entry.details) == (str(theme.pk), {"theme": "Portti", "rows": 1})
    assert AuditEntry.objects.get(action="comment.theme_corrected").details["theme"] == "Portti"


def test_what_two_others_said_too_stays(aurinko: Organisation, found: Found) -> None:
    theme = merged(found("K-1", "K-1", "K-2", "K-3"))
    erased(aurinko)
    theme.refresh_from_db()
    assert (theme.name, theme.examples) == ("Zorbanautti", ["zorbanautti", "portti"])
    erased(aurinko, "K-3")
    assert "zorbanautti" not in kept()


def test_people_without_a_code_are_each_their_own(aurinko: Organisation, found: Found) -> None:
    theme = merged(found("K-1", "K-1", "", ""))
    erased(aurinko)
    theme.refresh_from_db()
    assert theme.examples == ["zorbanautti", "portti"]


def test_a_phrase_of_one_customer_does_not_come_along(aurinko: Organisation, found: Found) -> None:
    theme = merged(found("K-1", "K-1", "K-1", "K-1"))
    assert (theme.name, theme.examples) == ("Portti", ["portti"])
    assert "zorbanautti" not in kept()


def test_a_theme_of_one_customers_phrases_is_refused_in_words(
    found: Found, anna: User, signed_in: Callable[[User], Client]
) -> None:
    theme = found("K-1", "K-1", "K-1", "K-1", phrases=("zorbanautti",))
    address = reverse("texts:topic_merge", args=["aurinko", theme.key])
    assert "ei ole sanonut kaksi eri asiakasta" in signed_in(anna).post(address, follow=True).content.decode()
    theme.refresh_from_db()
    assert (theme.state, "zorbanautti" in kept()) == ("open", False)


def test_a_theme_without_examples_left_is_looked_for_no_more(aurinko: Organisation, found: Found) -> None:
    theme = merged(found("K-1", "K-1", "K-1", "K-2", phrases=("zorbanautti",)))
    erased(aurinko)
    theme.refresh_from_db()
    assert theme.retired_at is not None
    assert (theme.examples, theme.name) == ([], theme.code)
    assert "zorbanautti" not in kept()


def test_a_theme_taken_back_keeps_no_more_than_one_in_use(aurinko: Organisation, found: Found) -> None:
    theme = found("K-1", "K-1", "K-1", "K-2")
    merged(theme)
    deciding.take_back(theme=theme, actor=None)
    merged(theme)
    assert CodebookTheme.objects.filter(examples=["zorbanautti", "portti"]).count() == 2
    erased(aurinko)
    assert "zorbanautti" not in kept()


def test_a_name_that_a_person_gave_stays_and_one_in_use_is_not_taken(aurinko: Organisation, found: Found) -> None:
    theme = merged(found("K-1", "K-1", "K-1", "K-2"))
    create_theme(codebook=codebook_of(aurinko), actor=None, fields={"names": {"fi": "PORTTI"}})
    change_theme(theme=theme, actor=None, fields={"names": {**theme.names, "sv": "Portar"}})
    erased(aurinko)
    theme.refresh_from_db()
    assert theme.names == {"sv": "Portar"}


def test_the_code_of_the_theme_holds_no_words(found: Found) -> None:
    theme = found("K-1", "K-1", "K-1", "K-2")
    assert merged(theme).code == "found_tabc"
    deciding.take_back(theme=theme, actor=None)
    assert merged(theme).code == "found_tabc_2"


def test_phrases_stay_when_nobody_who_said_them_goes(aurinko: Organisation, found: Found) -> None:
    theme = merged(found("K-1", "K-1", "K-1", "K-2"))
    said(aurinko, ["Jonotin tunnin"])
    Response.objects.filter(pk=Response.objects.latest("pk").pk).update(customer="K-9")
    erased(aurinko, "K-9")
    theme.refresh_from_db()
    assert theme.examples == ["zorbanautti", "portti"]
    assert PhraseMention.objects.filter(phrase__text="zorbanautti").count() == 4


def test_examples_of_themes_that_were_merged_before_go_too(aurinko: Organisation, found: Found) -> None:
    found("K-1", "K-1", "K-1", "K-2")
    fields = {"names": {"fi": "Zorbanautti"}, "examples": ["zorbanautti", "portti", "oma"]}
    made = create_theme(codebook=codebook_of(aurinko), actor=None, fields=fields, code="of_before")
    DiscoveredTheme.objects.update(state="merged", code=made.code)
    import_module("kapula_web.texts.migrations.0004_customer_phrases").found_before(apps, None)
    assert set(CustomerPhrase.objects.values_list("text", flat=True)) == {"zorbanautti", "portti"}
    assert PhraseMention.objects.filter(phrase__text="zorbanautti").count() == 4
    erased(aurinko)
    made.refresh_from_db()
    assert (made.name, made.examples) == ("Portti", ["portti", "oma"])
