"""One question a page: the answer first, and every state it can be in. The page tried is a double (analysis_frames.py)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from analysis_frames import NAME, Double, answered, break_down, orders, refuse, registered
from django.test import Client
from insights_data import a_model_measure, answers

from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.analyses import choices, runs
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.models import AnalysisRun
from kapula_web.jobs import services as jobs
from kapula_web.jobs.models import Job

SignIn = Callable[[User], Client]
PAGE = f"/o/aurinko/understanding/{NAME}/"


@pytest.fixture(autouse=True)
def _double() -> None:
    registered()
    orders.clear()


@pytest.fixture
def week(aurinko: Organisation) -> Organisation:
    """A week of answers: at the phone 20 × 10, 10 × 8 and 10 × 3, at the chat 10 × 10 and 10 × 8. Their mean is 490 / 60 = 8.2."""
    answers(aurinko, weeks=1)
    return aurinko


@pytest.fixture
def client(anna: User, signed_in: SignIn) -> Client:
    return signed_in(anna)


def text(client: Client, query: str = "", **headers: Any) -> str:
    response = client.get(PAGE + query, **headers)
    assert response.status_code == 200
    return response.content.decode()


def test_without_data_it_says_what_it_answers_and_needs(aurinko: Organisation, client: Client) -> None:
    told = text(client)
    assert "Mikä on keskiarvo?" in told
    assert "Kertoo kysymyksen keskiarvon." in told
    assert "yksi kysymys, johon on vastattu" in told
    assert not AnalysisRun.objects.exists()


def test_an_unasked_question_is_computed_in_the_background_once(week: Organisation, client: Client) -> None:
    assert "Vastausta lasketaan." in text(client)
    assert "Vastausta lasketaan." in text(client)
    assert Job.objects.filter(kind=runs.ASKED).count() == 1
    jobs.run_due()
    told = text(client)
    assert "Keskiarvo on 8.2." in told
    assert Job.objects.filter(kind=runs.ASKED).count() == 1


def test_the_answer_stands_with_its_evidence_method_and_command(week: Organisation, client: Client) -> None:
    answered(week)
    told = text(client)
    assert "n = 60" in told
    assert "Tämä kertoo, mikä liittyy mihinkin." in told
    assert "aritmeettinen keskiarvo" in told
    assert "Vain valitut paikat." in told
    assert "kapula double organisation://aurinko/responses --column answer_nps" in told
    assert 'href="/o/aurinko/model/"' in told


def test_a_page_that_tells_of_no_association_does_not_say_so(
    week: Organisation, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Double, "association", False)
    answered(week)
    assert "mikä liittyy mihinkin" not in text(client)


def test_choices_are_in_the_address_and_each_is_a_question_of_its_own(week: Organisation, client: Client) -> None:
    text(client)
    text(client, "?own=1&column=answer_nps&places=chat")
    jobs.run_due()
    assert "Keskiarvo on 8.2." in text(client)
    assert "Vielä ei voi sanoa" in text(client, "?own=1&column=answer_nps&places=chat")


def test_an_address_may_name_some_choices_only(week: Organisation, client: Client) -> None:
    text(client, "?places=phone")
    assert AnalysisRun.objects.get().chosen == {"column": "answer_nps", "places": ["phone"], "whole": True}


def test_a_box_left_unticked_stays_so(week: Organisation, client: Client) -> None:
    text(client, "?own=1&places=phone")
    assert AnalysisRun.objects.get().chosen == {"column": "answer_nps", "places": ["phone"], "whole": False}


def test_the_pages_own_address_leads_to_the_same_question(week: Organisation, client: Client) -> None:
    query = answered(week).query
    assert query == "column=answer_nps&places=phone&places=chat&whole=on&own=1"
    assert "Keskiarvo on 8.2." in text(client, f"?{query}")


def test_nothing_chosen_and_nought_are_choices_too(week: Organisation) -> None:
    """Else "all of them" would turn into what is usual."""
    page = registered()
    question = Question(page, data_of(week), {"segment": "", "least": 0, "whole": False, "since": None})
    assert question.query == "segment=&least=0&own=1"
    assert choices.bound(question.chosen).urlencode() == "segment=&least=0"


def test_a_choice_that_cannot_be_made_is_said_beside_its_field(week: Organisation, client: Client) -> None:
    told = text(client, "?column=answer_zzz")
    assert "Korjaa tämä ensin" in told
    assert "Näillä valinnoilla ei voi kysyä." in told
    assert not AnalysisRun.objects.exists()


def test_too_little_data_is_an_answer(aurinko: Organisation, client: Client) -> None:
    answers(aurinko, weeks=1)
    told = text(client, "?own=1&column=answer_nps&places=chat")
    jobs.run_due()
    told = text(client, "?own=1&column=answer_nps&places=chat")
    assert "Vielä ei voi sanoa: vastauksia on 20, tarvitaan noin 30." in told
    assert "Mitä voi tehdä" in told
    assert "Keskiarvo on" not in told


def test_what_the_data_cannot_answer_says_how_to_mend_it(week: Organisation, client: Client) -> None:
    orders.append(refuse)
    text(client)
    jobs.run_due()
    told = text(client)
    assert "Vastausta ei voitu laskea." in told
    assert "Saraketta answer_nps ei ole. Tarkoititko saraketta answer_csat?" in told
    assert Job.objects.get(kind=runs.ASKED).state == Job.State.FAILED


def test_a_failure_is_told_and_the_question_can_be_asked_again(
    week: Organisation, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    orders.append(break_down)
    text(client)
    jobs.run_due()
    Job.objects.filter(kind=runs.ASKED).update(state=Job.State.FAILED, error={"code": "unexpected", "message": "x"})
    assert "Laskenta keskeytyi yllättäen." in text(client)
    again = client.post(f"{PAGE}again/")
    assert again["Location"].startswith(PAGE)
    jobs.run_due()
    assert "Keskiarvo on 8.2." in text(client)


def test_a_cancelled_question_waits_until_it_is_asked_again(week: Organisation, client: Client) -> None:
    told = text(client)
    back = re.search(r'name="next" value="([^"]+)"', told)
    job = Job.objects.get(kind=runs.ASKED)
    assert back is not None
    answer = client.post(f"/o/aurinko/jobs/{job.pk}/cancel/", {"next": back[1].replace("&amp;", "&")})
    assert answer["Location"].startswith(PAGE)
    assert "Laskenta keskeytettiin" in text(client)
    assert "Laskenta keskeytettiin" in text(client)
    assert Job.objects.filter(kind=runs.ASKED).count() == 1
    client.post(f"{PAGE}again/")
    jobs.run_due()
    assert "Keskiarvo on 8.2." in text(client)


def test_cancelling_stops_a_running_analysis(week: Organisation, client: Client) -> None:
    """The library's own reports of progress are where it stops."""
    text(client)
    orders.append(lambda: Job.objects.filter(kind=runs.ASKED).update(state=Job.State.CANCELLED) and None)
    jobs.run_due()
    assert AnalysisRun.objects.get().found is None
    assert "Laskenta keskeytettiin" in text(client)


def test_only_who_asked_or_manages_is_offered_to_cancel(
    week: Organisation, client: Client, olga: User, mia: User, signed_in: SignIn
) -> None:
    assert "Keskeytä" in text(client)
    assert "Keskeytä" in text(signed_in(olga))
    assert "Keskeytä" not in text(signed_in(mia))


def test_the_last_answer_stays_until_the_new_one_is_there(week: Organisation, client: Client) -> None:
    answered(week)
    answers_later(week)
    told = text(client)
    assert "Aineisto on sittemmin muuttunut." in told
    assert "Keskiarvo on 8.2." in told
    assert "Vastausta lasketaan" in told or "Uutta vastausta lasketaan" in told
    jobs.run_due()
    told = text(client)
    assert "sittemmin" not in told
    assert "Keskiarvo on 6.9." in told  # 490 + 60 × 3 … of the phone alone: (490 + 20 × 3) / 80
    assert AnalysisRun.objects.count() == 1


def answers_later(organisation: Organisation) -> None:
    """Twenty more answers of 3 at the phone."""
    from kapula_web.ledger.changes import changed
    from kapula_web.ledger.models import Response

    first = Response.objects.filter(organisation=organisation, touchpoint__code="phone").first()
    assert first is not None
    rows = [
        Response(
            organisation=organisation, source=first.source, external_id=f"late-{number}", touchpoint=first.touchpoint,
            occurred_at=first.occurred_at, received_at=first.received_at, answers={"nps": 3},
        )
        for number in range(20)
    ]  # fmt: skip
    made = Response.objects.bulk_create(rows)
    changed(organisation=organisation, table="responses", first_id=made[0].pk, last_id=made[-1].pk)


def test_while_it_runs_htmx_gets_its_progress_and_then_the_answer(week: Organisation, client: Client) -> None:
    htmx: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}
    text(client)
    waits = client.get(f"{PAGE}?part=progress", **htmx)
    assert "HX-Retarget" not in waits
    assert "<h1" not in waits.content.decode()
    jobs.run_due()
    done = client.get(f"{PAGE}?part=progress", **htmx)
    assert done["HX-Retarget"] == "#view"
    assert 'id="answer" hx-swap-oob' in done.content.decode()
    assert "Keskiarvo on 8.2." in done.content.decode()


def test_people_see_which_question_is_being_computed(week: Organisation, client: Client) -> None:
    text(client)
    assert "Analyysi: Mikä on keskiarvo?" in client.get("/o/aurinko/jobs/").content.decode()


def test_an_unknown_question_is_not_found(aurinko: Organisation, client: Client) -> None:
    assert client.get("/o/aurinko/understanding/nothing/").status_code == 404


def test_a_measure_leads_to_the_questions_that_can_be_asked_of_it(week: Organisation, client: Client) -> None:
    a_model_measure(week)
    told = client.get("/o/aurinko/measures/recommend/").content.decode()
    assert f'href="{PAGE}?column=answer_nps">Mikä on keskiarvo?' in told
