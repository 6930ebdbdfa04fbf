"""From a figure to the words behind it: each address leads to the comments that the figure is of, counted by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation
from insights_data import LAST, answers
from spoken_data import read

from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.analyses import behind, choices, runs
from kapula_web.insights.analyses.contract import AnalysisPage, Data, Linked
from kapula_web.insights.analyses.decompose.page import DecomposePage
from kapula_web.insights.analyses.drivers.page import DriversPage
from kapula_web.insights.analyses.prune.page import PrunePage
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.telling import Told, shown_of
from kapula_web.jobs import services as jobs
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Response, Source
from kapula_web.texts.explorer.asking import ask
from kapula_web.texts.explorer.filters import Filters

SURVEY = {"source": "survey"}
WEEK = (LAST - timedelta(days=6), LAST)


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield


def commented(organisation: Organisation, weeks: int) -> Data:
    """A comment with every answer: 40 a week at the phone, of whom 10 gave 3, 20 at the chat, and one 0 at the invoice."""
    answers(organisation, weeks=weeks)
    found = list(Response.objects.filter(organisation=organisation).order_by("pk"))
    read(organisation, found, [{"themes": ["price_value"] if one.answers["nps"] == 10 else []} for one in found])
    return data_of(organisation)


@pytest.fixture
def data(aurinko: Organisation) -> Data:
    return commented(aurinko, 12)


def count(address: str, user: User) -> int:
    """How many comments a person finds there."""
    view = ask(user.memberships.get(), Filters.read(QueryDict(address.partition("?")[2])))
    return len(view.chosen)


def told(page: AnalysisPage, data: Data, **changes: Any) -> Told:
    usual = page.usual(data)
    assert usual is not None
    form = page.form(data, choices.bound({**usual, **changes}))
    assert form.is_valid(), form.errors
    question = Question(page, data, form.cleaned_data)
    runs.ask(question, None)
    jobs.run_due()
    latest = runs.standing(question).latest
    assert latest is not None
    return shown_of(question, latest.found)


def test_a_group_a_period_and_an_answer(data: Data, anna: User) -> None:
    rated = behind.answered(data, "answer_nps")
    assert rated == {"answer": "nps"}
    assert count(behind.linked(data, "Puhelin", {"touchpoint": "phone", **rated}, WEEK).href, anna) == 40
    assert count(behind.linked(data, "Lasku", {"touchpoint": "invoice"}, also={"segment": ""}).href, anna) == 12
    assert count(behind.in_period(data, "marraskuu", "2026-11", rated).href, anna) == Response.objects.filter(
        occurred_at__gte="2026-11-01T00:00Z"
    ).count()  # fmt: skip
    low = behind.answered(data, "answer_nps", behind.LOW)
    assert count(behind.linked(data, "Matala", low, WEEK).href, anna) == 11


def test_a_column_leads_to_a_theme_or_to_those_who_answered_low(data: Data, anna: User) -> None:
    theme, low = (behind.of_column(data, one, "answer_nps", WEEK) for one in ("theme_price_value", "answer_nps"))
    assert (count(theme, anna), count(low, anna)) == (30, 11)
    place = {"touchpoint": "phone"}
    assert count(behind.of_column(data, "answer_nps", "answer_nps", WEEK, place), anna) == 10


def test_where_comments_cannot_be_chosen_the_text_stays_a_text(data: Data) -> None:
    assert behind.linked(data, "ilman tiimiä", {"team": ""}).href == ""
    assert behind.linked(data, "tilat", {"stage": "new"}).href == ""
    assert behind.linked(data, "kaikki", {}).href == ""
    assert behind.in_period(data, "Alussa", "first").href == ""
    assert behind.of_column(data, "answer_gone", "answer_gone") == ""
    assert behind.of_column(data, "staff_answer_nps", "answer_nps") == ""


@pytest.mark.parametrize(
    ("label", "days"),
    [
        ("2026-W46", (date(2026, 11, 9), date(2026, 11, 15))),
        ("2026-02", (date(2026, 2, 1), date(2026, 2, 28))),
        ("2026-Q4", (date(2026, 10, 1), date(2026, 12, 31))),
        ("2026", (date(2026, 1, 1), date(2026, 12, 31))),
        ("2026-11-15", (date(2026, 11, 15), date(2026, 11, 15))),
        ("2026-13", None),
        ("", None),
    ],
)
def test_the_days_of_a_period(label: str, days: Any) -> None:
    assert behind.days_of(label) == days


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["2026-01-01/2026-01-31", "2026-02-01/2026-02-28"], ((date(2026, 1, 1), date(2026, 2, 28)), {})),
        (
            ["2025-01-01/2025-01-31", "2026-01-01/2026-01-31"],
            (None, {"days": ["2025-01-01/2025-01-31", "2026-01-01/2026-01-31"]}),
        ),
        (["2026-01-01/2026-01-31", "first"], (None, {})),
    ],
)
def test_stretches_that_are_apart_are_chosen_each(labels: list[str], expected: Any) -> None:
    assert behind.during(*labels) == expected


def test_a_change_over_a_season_leads_to_both_periods_and_to_nothing_between(aurinko: Organisation, anna: User) -> None:
    """The last quarter and the same a year earlier, thirteen weeks each: 40 answers a week at the phone."""
    found = told(DecomposePage(), commented(aurinko, 70), segment="touchpoint", stretch="season")
    groups = {str(row[0]): row[0] for row in found.pictures[0].table.rows if isinstance(row[0], Linked)}
    assert count(groups["Puhelin"].href, anna) == 2 * 13 * 40
    assert count(groups["Chat"].href, anna) == 2 * 13 * 20


def test_what_is_asked_of_one_survey_leads_to_its_words_only(data: Data, anna: User, aurinko: Organisation) -> None:
    other = Source.objects.create(organisation=aurinko, code="visit", names={"fi": "Käyntikysely"})
    Response.objects.filter(touchpoint__code="invoice").update(source=other)
    first, last = (Response.objects.order_by(by).first().pk for by in ("pk", "-pk"))  # type: ignore[union-attr]
    changed(organisation=aurinko, table="responses", first_id=first, last_id=last)
    anew = data_of(aurinko)
    everyone = behind.of_column(anew, "answer_nps", "answer_nps", WEEK)
    assert (count(everyone, anna), count(behind.of_column(anew, "answer_nps", "answer_nps", WEEK, SURVEY), anna)) == (
        11,
        10,
    )


@pytest.mark.parametrize("page", [DriversPage(), PrunePage()])
@pytest.mark.parametrize("source", ["survey", ""])
def test_drivers_and_questions_to_drop_lead_to_the_words_of_the_survey_that_was_chosen(
    page: AnalysisPage, source: str, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Linked] = []
    module = sys.modules[type(page).__module__]
    monkeypatch.setattr(module, "shown", lambda found, labels, *rest: given.extend(labels.values()))
    chosen = {"source": source, "outcome": "answer_nps", "segment": "", "stretch": "all", "leading": []}
    page.show({}, data, chosen)
    (nps,) = [one for one in given if "answer=nps%3Alow" in one.href]
    assert ("source=survey" in nps.href) is bool(source)


def test_every_group_and_month_of_a_change_leads_to_the_answers_it_is_of(aurinko: Organisation, anna: User) -> None:
    """A month's row says how many answers it is of, and every one of them came with a comment."""
    found = told(DecomposePage(), commented(aurinko, 40), segment="touchpoint")
    steps, stretch = found.pictures[:2]
    groups = [row[0] for row in steps.table.rows if isinstance(row[0], Linked) and row[0].href]
    assert all("answer=nps" in one.href and "touchpoint=" in one.href for one in groups)
    for one in groups:
        asked = QueryDict(one.href.partition("?")[2])
        days = {"occurred_at__date__gte": asked["from"], "occurred_at__date__lte": asked["to"]}
        assert (
            count(one.href, anna) == Response.objects.filter(touchpoint__code=asked["touchpoint"], **days).count() > 0
        )
    months = [(row[0], int(row[-1].replace("\xa0", ""))) for row in stretch.table.rows]
    assert months
    assert [count(month.href, anna) for month, _n in months] == [n for _month, n in months]
