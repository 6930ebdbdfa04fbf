"""Addresses that nobody's form makes: the page says which choice cannot be made, and nothing fails behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from django.utils import translation
from insights_data import answers
from test_analysis_prune import survey

import kapula
from kapula.analyses.health.example import example
from kapula.errors import ParameterError
from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.questions import data_of
from kapula_web.insights.analyses.surveys import known_source
from kapula_web.insights.models import AnalysisRun

SignIn = Callable[[User], Client]
REFUSED = "Näillä valinnoilla ei voi kysyä."


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield


@pytest.mark.parametrize("asked", ["as_of=abc", "as_of=2026-13-01", "own=1&as_of=0001-01-01", "as_of=9999-12-31"])
def test_a_day_that_is_none_is_told_among_the_errors(
    aurinko: Organisation, anna: User, signed_in: SignIn, asked: str
) -> None:
    answers(aurinko)
    response = signed_in(anna).get(f"/o/aurinko/understanding/health/?{asked}")
    told = response.content.decode()
    assert response.status_code == 200
    assert REFUSED in told
    assert 'href="#id_as_of"' in told
    assert asked.rpartition("=")[2] in told
    assert not AnalysisRun.objects.exists()


@pytest.mark.parametrize("name", ["drivers", "prune"])
def test_a_survey_nobody_has_is_told_among_the_errors(
    aurinko: Organisation, anna: User, signed_in: SignIn, name: str
) -> None:
    survey(aurinko, n=60)
    response = signed_in(anna).get(f"/o/aurinko/understanding/{name}/?source=a%00b")
    told = response.content.decode()
    assert response.status_code == 200
    assert REFUSED in told
    assert 'href="#id_source"' in told


def test_nothing_is_counted_by_a_survey_the_address_invents(aurinko: Organisation) -> None:
    survey(aurinko, n=60)
    data = data_of(aurinko)
    assert known_source(data, {"source": "yearly"}) == "yearly"
    assert known_source(data, {"source": "a\0b"}) == ""
    assert [one.code for one in held.sources(data)] == ["yearly"]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_library_refuses_a_day_at_the_end_of_the_calendar(day: date) -> None:
    made = example()
    with pytest.raises(ParameterError) as error:
        kapula.health(made.table, **{**made.keywords, "as_of": day})
    assert error.value.context["value"] == day.isoformat()
