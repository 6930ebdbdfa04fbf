"""Comments chosen by what their writers answered to a question: where a question's figure on another page leads."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from explorer_data import team, written
from texts_data import reader

from kapula_web.accounts.models import Organisation, User
from kapula_web.ledger.models import Question
from kapula_web.texts.explorer.asking import ask
from kapula_web.texts.explorer.facets import active, groups
from kapula_web.texts.explorer.filters import Filters, explorer_url
from kapula_web.texts.explorer.names import Called

__all__ = ["reader"]

LONG = "q" * 80
ASKED = (("speed", "Nopeus", 1, 5, "mean"), ("effort", "Vaiva", 1, 7, "ces7_effort"), (LONG, "Pitkä", 0, 10, "mean"))
"""The speed: 1–3 is low, 4 in the middle, 5 high."""
GIVEN = {
    "Hidas": {"speed": 2},
    "Menee": {"speed": 4},
    "Nopea": {"speed": 5, "nps": 10},
    "Ei nopeudesta": {"nps": 1, LONG: 10},
}


@pytest.fixture(autouse=True)
def texts(aurinko: Organisation, reader: Any) -> None:
    for code, name, low, high, measure in ASKED:
        Question.objects.create(
            organisation=aurinko, code=code, names={"fi": name}, low=low, high=high, measure=measure
        )
    for text, given in GIVEN.items():
        written(aurinko, [text], answers=given, team=team(aurinko, "shop" if text == "Hidas" else "phone"))


def view(user: User, query: str) -> Any:
    return ask(user.memberships.get(), Filters.read(QueryDict(query)))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("answer=speed", {"Hidas", "Menee", "Nopea"}),
        ("answer=speed:low", {"Hidas"}),
        ("answer=speed:low&answer=speed:high", {"Hidas", "Nopea"}),
        ("answer=speed:low&answer=nps:low", {"Hidas", "Ei nopeudesta"}),
        ("answer=speed&team=phone", {"Menee", "Nopea"}),
        ("answer=speed:low&team=phone", set()),
        (f"answer={LONG}:high", {"Ei nopeudesta"}),
        ("answer=speed:dreadful", set()),
        ("answer=gone", set()),
        ("answer=:low", set()),
    ],
)
def test_they_are_chosen_by_a_question_or_its_band(anna: User, query: str, expected: set[str]) -> None:
    found = view(anna, query)
    assert {one.text for one in found.comments(found.chosen.rows)} == expected


def test_a_low_answer_is_a_poor_one_whichever_way_the_scale_runs(aurinko: Organisation, anna: User) -> None:
    written(aurinko, ["Työlästä"], answers={"effort": 7})
    found = view(anna, "answer=effort:low")
    assert [one.text for one in found.comments(found.chosen.rows)] == ["Työlästä"]


def test_the_filter_tells_the_question_and_its_bands_with_their_counts(aurinko: Organisation, anna: User) -> None:
    found = view(anna, "answer=speed:low")
    called = Called.of(aurinko)
    group = next(one for one in groups(found.chosen, found.filters, called) if one.name == "answer")
    assert [(one.label, one.count, one.chosen) for one in group.seen] == [
        ("Nopeus", 3, False), ("Nopeus: matala", 1, True), ("Nopeus: keskitasoa", 1, False), ("Nopeus: korkea", 1, False),
    ]  # fmt: skip
    assert [one.label for one in active(found.filters, called)] == ["Vastaus: Nopeus: matala"]


def test_until_an_address_names_a_question_there_is_no_such_filter(aurinko: Organisation, anna: User) -> None:
    found = view(anna, "team=phone")
    assert "answer" not in [one.name for one in groups(found.chosen, found.filters, Called.of(aurinko))]


def test_the_address_of_an_answer_is_read_back(aurinko: Organisation) -> None:
    address = explorer_url(aurinko, answer=["speed:low", f"{LONG}:middle"])
    assert Filters.read(QueryDict(address.partition("?")[2])).values["answer"] == ("speed:low", f"{LONG}:middle")
