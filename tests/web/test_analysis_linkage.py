"""Näkyykö henkilöstön kokemus asiakkaalle? On two teams' pulse that shows at the desk two weeks later, and not on the invoice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.utils import translation

from kapula_web.accounts.models import Organisation, Team
from kapula_web.insights.analyses import choices, runs
from kapula_web.insights.analyses.linkage.page import LinkagePage
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.telling import Told, command, shown_of
from kapula_web.jobs import services as jobs
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Question as Asked
from kapula_web.ledger.models import Response, Source, Touchpoint

PAGE = LinkagePage()
WEEKS = 60
START = datetime(2025, 9, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    """Whatever language an earlier request left behind."""
    with translation.override("fi"):
        yield


def answers(organisation: Organisation, linked: bool = True, few: bool = False) -> None:
    """Two teams, sixty weeks: six pulse answers and ten customers a week. ``few``: the second team's staff answered three times in
    all."""
    rng = np.random.default_rng(4)
    source = Source.objects.create(organisation=organisation, code="survey", names={"fi": "Kysely"})
    for code, name, high in (("emotion", "Tunne", 10), ("support", "Tuki työssä", 5)):
        Asked.objects.create(organisation=organisation, code=code, names={"fi": name}, low=0, high=high, measure="mean")
    places = [
        Touchpoint.objects.create(organisation=organisation, code=code, names={"fi": name})
        for code, name in (("desk", "Tiski"), ("invoice", "Lasku"))
    ]
    teams = [
        Team.objects.create(organisation=organisation, name=name, code=name.lower()) for name in ("Etelä", "Pohjoinen")
    ]
    felt = rng.normal(0, 0.6, (2, WEEKS + 2))
    rows = []

    def add(number: int, week: int, **more: object) -> None:
        moment = START + timedelta(weeks=week)
        rows.append(
            Response(
                organisation=organisation, source=source, external_id=f"{len(rows)}-{number}", occurred_at=moment,
                received_at=moment, language="fi", channel="email", **more,
            )
        )  # fmt: skip

    for t, team in enumerate(teams):
        for week in range(WEEKS):
            for k in range(6 if not (few and t) else 1 if week < 3 else 0):
                support = float(np.clip(np.rint(3 + felt[t, week + 2] + rng.normal(0, 0.5)), 0, 5))
                add(k, week, perspective="employee", team=team, answers={"support": support})
            for place in places:
                mood = 6 + (1.2 * felt[t, week] if linked and place is places[0] else 0.0)
                for k in range(5):
                    score = float(np.clip(np.rint(mood + rng.normal(0, 1)), 0, 10))
                    add(k, week, team=team, touchpoint=place, customer=f"K{len(rows)}", answers={"emotion": score})
    made = Response.objects.bulk_create(rows)
    changed(organisation=organisation, table="responses", first_id=made[0].pk, last_id=made[-1].pk)


def told(organisation: Organisation) -> tuple[Told, Question]:
    data = data_of(organisation)
    usual = PAGE.usual(data)
    assert usual is not None
    form = PAGE.form(data, choices.bound(usual))
    assert form.is_valid(), form.errors
    question = Question(PAGE, data, form.cleaned_data)
    runs.ask(question, None)
    jobs.run_due()
    run = runs.standing(question).run
    assert run is not None
    assert run.found is not None, run.error
    return shown_of(question, run.found), question


@pytest.mark.django_db
def test_the_place_and_the_lag_are_told_and_the_other_place_is_not_taken_along(aurinko: Organisation) -> None:
    answers(aurinko)
    found, question = told(aurinko)
    answer = found.shown.answer
    assert answer.startswith("Tiski: kyllä.")
    assert "kaksi viikkoa myöhemmin" in answer
    assert found.shown.parts[0].words == "Yhdessä muussa kohtaamispisteessä yhteyttä ei näy varmasti."
    assert any("eivät ole sama asia" in note for note in found.notes)
    rows = {row[0]: row for row in found.tables[0].rows}
    assert (rows["Tiski"][1], rows["Lasku"][1]) == ("kyllä", "ei varmasti")
    assert command(question).startswith("kapula linkage organisation://aurinko/responses")
    assert [picture.code for picture in found.pictures] == ["scan", "lag"]
    for picture in found.pictures:
        assert picture.spec(width=360, height=300, scheme="light")["width"] == 360


@pytest.mark.django_db
def test_no_link_is_said_plainly(aurinko: Organisation) -> None:
    answers(aurinko, linked=False)
    found, _ = told(aurinko)
    assert found.shown.answer.startswith("Ei näy varmasti: missään 2 tutkitusta")


@pytest.mark.django_db
def test_a_team_of_few_staff_answers_is_withheld_with_another(aurinko: Organisation) -> None:
    answers(aurinko, few=True)
    aurinko.minimum_n = 5
    aurinko.save()
    found, _ = told(aurinko)
    assert not [table for table in found.tables if table.caption == "Tiimien tasot"]


@pytest.mark.django_db
def test_without_staff_answers_there_is_nothing_to_ask(aurinko: Organisation) -> None:
    assert PAGE.usual(data_of(aurinko)) is None
