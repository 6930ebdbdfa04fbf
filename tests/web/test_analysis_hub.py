"""The hub: every question with its latest answer or what it lacks; and the answers that are computed before anyone asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from analysis_frames import Double, answered, asked, orders, refuse
from django.db import IntegrityError
from django.test import Client
from insights_data import answers

from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.analyses import registry, runs
from kapula_web.insights.analyses.computing import ask_ahead
from kapula_web.insights.analyses.contract import Chosen, Data
from kapula_web.insights.background import warm
from kapula_web.insights.models import AnalysisRun
from kapula_web.jobs import services as jobs
from kapula_web.jobs.models import Job
from kapula_web.ledger.erasure import erase_customer
from kapula_web.ledger.models import Response

SignIn = Callable[[User], Client]
HUB = "/o/aurinko/understanding/"


class Silent:
    """Nobody watches the scheduled work."""

    def report(self, done: int, total: int) -> None:
        """Nothing to tell."""


@pytest.fixture(autouse=True)
def _double_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other question, so that what is counted is the double's."""
    registry.pages()
    monkeypatch.setattr(registry, "_pages", {Double.name: Double()})
    orders.clear()


@pytest.fixture
def client(anna: User, signed_in: SignIn) -> Client:
    return signed_in(anna)


def hub(client: Client) -> str:
    response = client.get(HUB)
    assert response.status_code == 200
    return response.content.decode()


def test_without_data_each_question_says_what_it_needs(aurinko: Organisation, client: Client) -> None:
    told = hub(client)
    assert "Näihin tarvitaan lisää aineistoa" in told
    assert "Tarvitsee: yksi kysymys, johon on vastattu" in told


def test_it_gives_the_latest_answer_and_asks_for_nothing(aurinko: Organisation, client: Client) -> None:
    asked(aurinko)
    assert "Vastaus lasketaan, kun avaat kysymyksen." in hub(client)
    assert not AnalysisRun.objects.exists()
    answered(aurinko)
    told = hub(client)
    assert "1 kysymykseen on vastaus." in told
    assert "Keskiarvo on 8.2." in told
    assert "n = 60" in told


def test_a_failed_question_says_why(aurinko: Organisation, client: Client) -> None:
    orders.append(refuse)
    answered(aurinko)
    assert "Saraketta answer_nps ei ole." in hub(client)


def test_it_is_a_place_of_the_rail(aurinko: Organisation, client: Client) -> None:
    assert '<a class="place" href="/o/aurinko/understanding/" aria-current="page"' in hub(client)


def test_after_new_data_each_usual_question_is_asked_once(aurinko: Organisation) -> None:
    answers(aurinko, weeks=1)
    warm(Silent())
    warm(Silent())
    waiting = Job.objects.get(kind=runs.AHEAD)
    assert waiting.requested_by is None
    jobs.run_due()
    assert AnalysisRun.objects.get().found["verdict"] == "known"


def test_what_is_computed_ahead_is_nobodys_to_see_or_cancel(aurinko: Organisation, client: Client) -> None:
    question = asked(aurinko)
    runs.ask_again(question, None, kind=runs.AHEAD)
    assert "Mikä on keskiarvo?" not in client.get("/o/aurinko/jobs/").content.decode()
    assert not runs.standing(question).may_cancel


def test_a_person_does_not_wait_for_what_is_computed_ahead(aurinko: Organisation, anna: User) -> None:
    question = asked(aurinko)
    runs.ask_again(question, None, kind=runs.AHEAD)
    found = runs.ask(question, anna)
    assert found.job is not None
    assert found.job.kind == runs.ASKED
    assert Job.objects.get(kind=runs.AHEAD).state == Job.State.CANCELLED
    assert AnalysisRun.objects.count() == 1


def test_an_organisation_without_data_is_asked_nothing(aurinko: Organisation) -> None:
    warm(Silent())
    assert not Job.objects.filter(kind=runs.AHEAD).exists()


def test_only_so_many_answers_are_kept(aurinko: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kapula_web.insights.analyses.computing.MOST_KEPT", 2)
    question = asked(aurinko)
    for number in range(3):
        AnalysisRun.objects.create(
            organisation=aurinko, analysis=Double.name, key=str(number), same=str(number), version="1", found={}
        )
    runs.ask(question, None)
    jobs.run_due()
    assert set(AnalysisRun.objects.values_list("same", flat=True)) == {question.same, "2"}


def test_after_an_erasure_no_answer_from_before_is_kept(aurinko: Organisation, olga: User) -> None:
    answered(aurinko)
    Response.objects.filter(external_id="0-0").update(customer="C1")
    erase_customer(organisation=aurinko, customer="C1", actor=olga)
    warm(Silent())
    assert not AnalysisRun.objects.exclude(found=None).exists()
    jobs.run_due()
    assert AnalysisRun.objects.get().found["n"] == 59


def test_one_page_that_fails_takes_no_other_along(
    aurinko: Organisation, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Double):
        name = "broken"
        question = "Mikä on rikki?"

        def usual(self, data: Data) -> Chosen | None:
            raise RuntimeError("broken on purpose")

    answered(aurinko)
    monkeypatch.setattr(registry, "_pages", {Double.name: Double(), Broken.name: Broken()})
    told = hub(client)
    assert "Keskiarvo on 8.2." in told
    assert "Mikä on rikki?" in told
    assert "broken on purpose" in caplog.text
    assert ask_ahead(aurinko) == 0


def test_an_earlier_releases_answer_is_not_told_by_this_one(aurinko: Organisation) -> None:
    """Its shape may have been another."""
    question = answered(aurinko)
    AnalysisRun.objects.update(made_with="0.0.1/1", key="another")
    assert runs.standing(question).latest is None


def test_two_who_ask_at_the_same_moment_share_the_answer(
    aurinko: Organisation, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = asked(aurinko)

    def beaten(*_: object, **__: object) -> runs.Standing:
        ask_first(question, None)
        raise IntegrityError

    ask_first = runs.ask_again
    monkeypatch.setattr(runs, "ask_again", beaten)
    assert runs.ask(question, anna).state == runs.RUNNING
    assert Job.objects.filter(kind=runs.ASKED).count() == 1
