"""Miten yritysasiakkaat voivat? On thirty firms of two contacts, one of them low, one silent and one that has left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import numpy as np
import pytest
from django.utils import translation

from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses import choices, runs
from kapula_web.insights.analyses.accounts.page import AccountsPage
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.telling import Told, command, shown_of
from kapula_web.jobs import services as jobs
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import AttributeName, Outcome, Response, Source
from kapula_web.ledger.models import Question as Asked

PAGE = AccountsPage()
WHEN = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    """Whatever language an earlier request left behind."""
    with translation.override("fi"):
        yield


def firms(organisation: Organisation, n: int = 30, people: int = 2) -> None:
    """F00 is low, F98 has not answered, F99 has left."""
    rng = np.random.default_rng(7)
    source = Source.objects.create(organisation=organisation, code="survey", names={"fi": "Yrityskysely"})
    Asked.objects.create(
        organisation=organisation, code="nps", names={"fi": "Suosittelu"}, low=0, high=10, measure="nps"
    )
    AttributeName.objects.create(organisation=organisation, name="role")
    rows = []
    for firm in [*range(n), 99]:
        level = 2.0 if firm == 0 else 7 + float(rng.normal(0, 1.2))
        for person in range(3 if firm == 0 else people):
            score = float(np.clip(np.rint(level + rng.normal(0, 0.7)), 0, 10))
            rows.append(
                Response(
                    organisation=organisation, source=source, external_id=f"{firm}-{person}", customer=f"P{firm}-{person}",
                    account=f"F{firm:02d}", occurred_at=WHEN, received_at=WHEN, language="fi", channel="email",
                    answers={"nps": score}, attributes={"role": "boss" if person else "user"},
                )
            )  # fmt: skip
    made = Response.objects.bulk_create(rows)
    changed(organisation=organisation, table="responses", first_id=made[0].pk, last_id=made[-1].pk)
    lives = Outcome.objects.bulk_create(
        Outcome(
            organisation=organisation, account=f"F{firm:02d}", period=date(2026, 7, 1), grain="quarter",
            revenue=1000.0 * (firm + 1), active=firm != 99,
        )
        for firm in [*range(n), 98, 99]
    )  # fmt: skip
    changed(organisation=organisation, table="outcomes", first_id=lives[0].pk, last_id=lives[-1].pk)


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
def test_the_firms_that_ask_for_attention_are_listed_with_the_reason(aurinko: Organisation) -> None:
    firms(aurinko)
    found, question = told(aurinko)
    assert "kaipaa huomiota" in found.shown.answer
    assert "30 / 31 yritystä" in found.shown.evidence.replace("\xa0", " ")
    rows = {row[0]: row for row in found.tables[0].rows}
    assert "heikko" in rows["F00"][1]
    assert rows["F98"][1] == "hiljaa"
    assert "F99" not in rows
    assert any("Se ei ennusta, kuka lähtee." in note for note in found.notes)
    assert "--details" in command(question)


@pytest.mark.django_db
def test_no_contact_is_named_anywhere(aurinko: Organisation) -> None:
    firms(aurinko)
    found, question = told(aurinko)
    run = runs.standing(question).run
    assert run is not None
    assert "P0-0" not in str(run.found)
    assert not any("P0-0" in str(row) for table in found.tables for row in [*table.rows, *table.raw])


@pytest.mark.django_db
def test_roles_stand_side_by_side(aurinko: Organisation) -> None:
    firms(aurinko)
    found, _ = told(aurinko)
    assert {row[0] for table in found.tables if table.caption == "Roolit" for row in table.rows} == {"boss", "user"}
    part = next(one for one in found.shown.parts if one.heading == "Roolit")
    assert part.words.startswith("Tässä jokainen yhteyshenkilö on yhtä painava")
    assert "rivien yrityksiä on yhteensä 60, vaikka kuultuja yrityksiä on 30." in part.words


@pytest.mark.django_db
def test_few_firms_are_told_to_be_too_few(aurinko: Organisation) -> None:
    firms(aurinko, 40, people=1)
    found, _ = told(aurinko)
    assert not found.enough
    assert any("useammalta ihmiseltä" in line for line in found.mend)


@pytest.mark.django_db
def test_without_accounts_there_is_nothing_to_ask(aurinko: Organisation) -> None:
    assert PAGE.usual(data_of(aurinko)) is None
