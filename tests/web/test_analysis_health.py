"""Mikä aineistossa on pielessä? And the light log of openings it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from insights_data import a_model_measure, answers

from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.analyses import choices, runs
from kapula_web.insights.analyses.health import inventory
from kapula_web.insights.analyses.health.kinds import KINDS, SEVERITIES, WAYS_OUT
from kapula_web.insights.analyses.health.page import HealthPage
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.telling import Told, command, shown_of
from kapula_web.insights.openings.models import MeasureOpened
from kapula_web.insights.openings.services import counted_since, last_opened, opened
from kapula_web.jobs import services as jobs

SignIn = Callable[[User], Client]
PAGE = HealthPage()
TODAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    """Whatever language an earlier request left behind."""
    with translation.override("fi"):
        yield


def told(organisation: Organisation, as_of: date = TODAY) -> tuple[Told, Question]:
    data = data_of(organisation)
    usual = PAGE.usual(data)
    assert usual is not None
    form = PAGE.form(data, choices.bound({**usual, "as_of": as_of.isoformat()}))
    assert form.is_valid(), form.errors
    question = Question(PAGE, data, {**form.cleaned_data, "as_of": as_of.isoformat()})
    runs.ask(question, None)
    jobs.run_due()
    run = runs.standing(question).run
    assert run is not None
    assert run.found is not None, run.error
    return shown_of(question, run.found), question


def listed(found: Told) -> list[tuple[str, str]]:
    table = next((one for one in found.tables if one.caption == "Löydöt"), None)
    return [(row[0], row[1]) for row in table.rows] if table else []


@pytest.mark.django_db
def test_a_source_that_fell_silent_is_told_with_its_own_rhythm(aurinko: Organisation) -> None:
    answers(aurinko)
    assert ("Kysely", "Vanhentunut") not in listed(told(aurinko)[0])
    found, question = told(aurinko, TODAY + timedelta(days=60))
    assert ("Kysely", "Vanhentunut") in listed(found)
    assert found.shown.answer.startswith("Aineistossa on")
    text = next(row[2] for row in found.tables[0].rows if row[1] == "Vanhentunut")
    assert "Tavallisesti väliä on enintään 3 päivää." in text
    assert command(question).startswith("kapula health organisation://aurinko/responses")


@pytest.mark.django_db
def test_each_finding_says_where_it_is_mended(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko)
    a_model_measure(aurinko)
    found, question = told(aurinko)
    assert ("Suosittelu", "Ilman omistajaa") in listed(found)
    part = next(one for one in found.shown.parts if one.template)
    (item,) = [one for group in part.context["groups"] for one in group["items"] if one["kind"] == "Ilman omistajaa"]
    assert item["href"] == "/o/aurinko/model/#recommend"
    page = signed_in(anna).get(f"/o/aurinko/understanding/health/?{question.query}").content.decode()
    assert item["href"] in page


@pytest.mark.django_db
def test_a_measure_nobody_opened_is_told_once_openings_have_been_counted_long_enough(aurinko: Organisation) -> None:
    answers(aurinko)
    seen, forgotten = a_model_measure(aurinko), a_model_measure(aurinko, code="other", names={"fi": "Toinen"})
    opened(seen, TODAY - timedelta(days=100))
    opened(seen, TODAY - timedelta(days=1))
    found, _ = told(aurinko)
    assert ("Toinen", "Avaamatta") in listed(found)
    assert ("Suosittelu", "Avaamatta") not in listed(found)
    MeasureOpened.objects.filter(day__lt=TODAY - timedelta(days=50)).delete()
    assert last_opened(aurinko) == {seen.pk: TODAY - timedelta(days=1)}
    found, _ = told(aurinko, TODAY + timedelta(days=2))
    assert (str(forgotten), "Avaamatta") not in listed(found)


@pytest.mark.django_db
def test_opening_a_measure_is_counted_by_day_and_nothing_is_kept_of_the_person(
    aurinko: Organisation, anna: User, signed_in: SignIn
) -> None:
    answers(aurinko)
    measure = a_model_measure(aurinko)
    for _ in range(3):
        assert signed_in(anna).get("/o/aurinko/measures/recommend/").status_code == 200
    (row,) = MeasureOpened.objects.all()
    assert (row.measure, row.day, row.times) == (measure, timezone.localdate(), 3)
    assert {field.name for field in MeasureOpened._meta.fields} == {"id", "measure", "day", "times"}
    assert counted_since(aurinko) == timezone.localdate()


@pytest.mark.django_db
def test_mending_what_the_inventory_tells_asks_the_question_anew(aurinko: Organisation) -> None:
    answers(aurinko)
    measure = a_model_measure(aurinko)
    before = inventory.fingerprint(aurinko)
    opened(measure, TODAY)
    assert inventory.fingerprint(aurinko) == before
    measure.owner_role = "Asiakaskokemuspäällikkö"
    measure.save()
    assert inventory.fingerprint(aurinko) != before


def test_every_code_of_the_library_has_words() -> None:
    from kapula.analyses.health import kinds

    assert set(kinds.KINDS) == set(KINDS)
    assert set(kinds.WAYS_OUT) == set(WAYS_OUT)
    assert set(kinds.SEVERITIES) == set(SEVERITIES)
