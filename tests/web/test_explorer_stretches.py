"""Comments of several stretches of days, and of a survey: where figures of two periods, or of one survey, lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from explorer_data import written
from insights_data import a_model_measure, answers
from texts_data import reader

from kapula_web.accounts.models import Organisation, User
from kapula_web.ledger.models import Source
from kapula_web.texts.explorer.asking import ask
from kapula_web.texts.explorer.facets import active, groups
from kapula_web.texts.explorer.filters import Filters, explorer_url
from kapula_web.texts.explorer.names import Called

__all__ = ["reader"]
SPRING, AUTUMN = "2025-03-01/2025-04-30", "2025-09-01/2025-10-31"


@pytest.fixture(autouse=True)
def texts(aurinko: Organisation, reader: Any) -> None:
    other = Source.objects.create(organisation=aurinko, code="visit", names={"fi": "Käyntikysely"})
    for month, text in ((3, "Maalis"), (6, "Kesä"), (10, "Loka")):
        written(aurinko, [text], occurred_at=f"2025-{month:02}-15T12:00:00Z")
    written(aurinko, ["Käynti"], occurred_at="2025-03-15T12:00:00Z", source=other)


def view(user: User, query: str) -> Any:
    return ask(user.memberships.get(), Filters.read(QueryDict(query)))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"days={SPRING}", {"Maalis", "Käynti"}),
        (f"days={SPRING}&days={AUTUMN}", {"Maalis", "Käynti", "Loka"}),
        (f"days={SPRING}&days={AUTUMN}&source=survey", {"Maalis", "Loka"}),
        (f"days={SPRING}&days={AUTUMN}&to=2025-06-30", {"Maalis", "Käynti"}),
        ("days=2025-10-31/2025-09-01", {"Maalis", "Kesä", "Loka", "Käynti"}),  # no stretch: left out
        ("days=x", {"Maalis", "Kesä", "Loka", "Käynti"}),
        ("source=visit", {"Käynti"}),
        ("source=gone", set()),
    ],
)
def test_they_are_chosen_by_any_of_the_stretches_and_by_the_survey(anna: User, query: str, expected: set[str]) -> None:
    found = view(anna, query)
    assert {one.text for one in found.comments(found.chosen.rows)} == expected


def test_the_stretches_stand_among_the_filters_and_can_be_let_go(aurinko: Organisation, anna: User) -> None:
    found, called = view(anna, f"days={SPRING}&days={AUTUMN}&source=survey"), Called.of(aurinko)
    there = {group.name: group for group in groups(found.chosen, found.filters, called)}
    assert [(one.label, one.count, one.chosen) for one in there["days"].seen] == [
        ("1.3.2025–30.4.2025", 1, True), ("1.9.2025–31.10.2025", 1, True),
    ]  # fmt: skip
    assert {(one.label, one.count) for one in there["source"].seen} == {("survey", 2), ("Käyntikysely", 1)}
    first = active(found.filters, called)[0]
    assert (first.label, f"days={SPRING}".replace("/", "%2F") in first.query) == ("Lähde: survey", True)
    assert "days" not in {one.name for one in groups(view(anna, "").chosen, Filters(), called)}


def test_the_address_of_stretches_is_read_back(
    aurinko: Organisation, anna: User, signed_in: Callable[[User], Client]
) -> None:
    address = explorer_url(aurinko, days=[SPRING, AUTUMN], source="survey")
    assert Filters.read(QueryDict(address.partition("?")[2])).values["days"] == (SPRING, AUTUMN)
    page = signed_in(anna).get(address).content.decode()
    assert "Jakso: 1.3.2025–30.4.2025" in page


def test_a_measure_of_one_survey_leads_to_its_words(
    aurinko: Organisation, anna: User, signed_in: Callable[[User], Client]
) -> None:
    answers(aurinko)
    code = a_model_measure(aurinko, filters={"source": "survey"}).code
    told = signed_in(anna).get(f"/o/aurinko/measures/{code}/")
    assert "source=survey" in told.context["words"]
