"""One question a page: the answer first, and every state it can be in. The page tried is a double (analysis_frames.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from analysis_frames import NAME, orders, registered
from django.test import Client
from insights_data import answers

from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.analyses import runs
from kapula_web.insights.models import AnalysisRun
from kapula_web.jobs import services as jobs
from kapula_web.jobs.models import Job

SignIn = Callable[[User], Client]
PAGE = f"/o/aurinko/understanding/{NAME}/"


@pytest.fixture(autouse=True)
def _double() -> None:
    registered()
    orders.clear()


def text(client: Client, query: str = "", status: int = 200, **headers: Any) -> str:
    response = client.get(PAGE + query, **headers)
    assert response.status_code == status
    return response.content.decode()


def test_without_data_it_says_what_it_answers_and_needs(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    told = text(signed_in(anna))
    assert "Mikä on keskiarvo?" in told
    assert "Kertoo kysymyksen keskiarvon." in told
    assert "yksi kysymys, johon on vastattu" in told
    assert not AnalysisRun.objects.exists()


def test_an_unasked_question_is_computed_in_the_background(
    aurinko: Organisation, anna: User, signed_in: SignIn
) -> None:
    answers(aurinko, weeks=1)
    client = signed_in(anna)
    assert "Vastausta lasketaan." in text(client)
    assert "Vastausta lasketaan." in text(client)
    assert Job.objects.filter(kind=runs.ASKED).count() == 1
    jobs.run_due()
    told = text(client)
    assert "Keskiarvo on 8.2." in told  # 60 answers: 20 × 10, 10 × 8, 10 × 3, 10 × 10, 10 × 8
    assert "Tämä kertoo, mikä liittyy mihinkin." in told
    assert "kapula double organisation://aurinko/responses --column answer_nps" in told
