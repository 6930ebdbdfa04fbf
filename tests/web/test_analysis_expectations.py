"""The page "Nousevatko odotukset?": what is asked of which answers, and every verdict in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest
from django.utils import translation
from insights_data import LAST

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.expectations.verdict import VERDICTS
from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses import choices, runs
from kapula_web.insights.analyses.contract import Shown
from kapula_web.insights.analyses.expectations.page import ExpectationsPage
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.telling import shown_of
from kapula_web.insights.analyses.together import together
from kapula_web.jobs import services as jobs
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Question as Asked
from kapula_web.ledger.models import QuestionVersion, Response, Source

pytestmark = pytest.mark.django_db
PAGE = ExpectationsPage()
MONTHS = 8
EACH = 60


def drifting(organisation: Organisation) -> None:
    """Eight months of sixty answers: the experience falls by a fifth a month at the same ratings, expectations rise;
    "other" is of another survey."""
    random = np.random.default_rng(3)
    source = Source.objects.create(organisation=organisation, code="survey", names={"fi": "Kysely"})
    for code, low, high in (("experience", 1, 7), ("expectation", 1, 7), ("speed", 1, 5), ("other", 1, 5)):
        Asked.objects.create(organisation=organisation, code=code, low=low, high=high, names={"fi": code.capitalize()})
    rows = []
    for number in range(MONTHS * EACH):
        month = number // EACH
        day = LAST - timedelta(days=30 * (MONTHS - 1 - month) + number % 20)
        speed = int(random.integers(1, 6))
        noise = random.normal(size=2)
        given = {
            "experience": float(np.clip(round(3.5 + 0.5 * speed - 0.2 * month + noise[0]), 1, 7)),
            "expectation": float(np.clip(round(4 + 0.15 * month + noise[1]), 1, 7)),
            "speed": speed,
        }
        moment = datetime.combine(day, time(12), UTC)
        rows.append(
            Response(
                organisation=organisation, source=source, external_id=str(number), occurred_at=moment, received_at=moment,
                language="fi", channel="email" if number % 2 else "sms", answers=given if number % 9 else {"other": 3},
            )
        )  # fmt: skip
    made = Response.objects.bulk_create(rows)
    changed(organisation=organisation, table="responses", first_id=made[0].pk, last_id=made[-1].pk)


def told(organisation: Organisation) -> Shown:
    data = data_of(organisation)
    question = Question(PAGE, data, PAGE.usual(data) or {})
    runs.ask(question, None)
    jobs.run_due()
    latest = runs.standing(question).latest
    assert latest is not None
    return shown_of(question, latest.found).shown


def test_the_usual_question_is_of_the_ratings_answered_together(aurinko: Organisation) -> None:
    drifting(aurinko)
    data = data_of(aurinko)
    usual = PAGE.usual(data)
    assert usual == {
        "outcome": "answer_experience",
        "performance": ["answer_speed"],
        "expectation": "answer_expectation",
        "mix": "",
    }
    form = PAGE.form(data, choices.bound(usual))
    assert form.is_valid(), form.errors
    assert together(data, "answer_experience", ["answer_speed", "answer_other"], least=30) == ["answer_speed"]
    assert PAGE.usual_with(data, {"outcome": "answer_nowhere"}) == usual


def test_a_confirmed_rise_is_told_with_two_lines_and_the_split(aurinko: Organisation) -> None:
    drifting(aurinko)
    shown = told(aurinko)
    assert shown.answer.startswith("Kyllä: ”Experience” laskee")
    assert shown.answer.endswith("ja odotukset ovat nousseet.")
    picture = next(part.picture for part in shown.parts if part.picture)
    spec = picture.spec(width=1040, height=340, scheme="light")
    assert {row["line"] for row in spec["data"]["values"]} == {"arvosana", "samalla tekemisellä"}
    split = next(part.table for part in shown.parts if part.table)
    assert [row[0] for row in split.rows] == ["Sama tekeminen, eri arvosana", "Tekeminen muuttui", "Yhteensä"]
    assert any("liittyy" in note for note in shown_notes(aurinko))


def shown_notes(organisation: Organisation) -> tuple[str, ...]:
    data = data_of(organisation)
    question = Question(PAGE, data, PAGE.usual(data) or {})
    latest = runs.standing(question).latest
    assert latest is not None
    return shown_of(question, latest.found).notes


def test_only_answers_to_the_present_wording_are_looked_at(aurinko: Organisation) -> None:
    drifting(aurinko)
    question = Asked.objects.get(organisation=aurinko, code="experience")
    reworded = LAST - timedelta(days=150)
    for since in (date(2020, 1, 1), reworded):
        QuestionVersion.objects.create(question=question, valid_from=since)
    data = data_of(aurinko)
    asked = PAGE.ask(data, PAGE.usual(data) or {})
    assert f"from={reworded}" in asked.command[1]
    assert any("sanamuoto vaihtui" in note for note in told(aurinko).notes)


def test_the_command_asks_what_the_page_asks(aurinko: Organisation) -> None:
    drifting(aurinko)
    data = data_of(aurinko)
    asked = PAGE.ask(data, PAGE.usual(data) or {})
    words = list(asked.command)
    assert words[words.index("--score") + 1] == asked.keywords["score"]
    assert words[words.index("--performance") + 1] == ",".join(asked.keywords["performance"])
    assert words[words.index("--expectation") + 1] == asked.keywords["expectation"]


def test_without_ratings_the_page_says_what_it_needs(aurinko: Organisation) -> None:
    assert PAGE.usual(data_of(aurinko)) is None


def found(verdict: str, confirms: bool | None) -> dict[str, Any]:
    point = {"period": "2025-Q1", "time": 0.0, "n": 100, **dict.fromkeys(("score", "score_low", "score_high"), 4.0)}
    point |= dict.fromkeys(("constant", "constant_low", "constant_high"), 4.0)
    parts = ("total", "performance", "mix")
    slopes = {f"{part}_per_year{end}": -0.1 for part in parts for end in ("", "_low", "_high")}
    return {
        "verdict": verdict, "n": 400, "periods": 4, "needed_periods": 9, "drift_per_year": -0.1, "low": -0.2, "high": -0.05,
        "p": 0.01, "margin": 0.05, "points": [point, {**point, "period": "2025-Q2", "time": 0.25}],
        "expectation": {"per_year": 0.1, "low": 0.05, "high": 0.2, "n": 300, "confirms": confirms},
        "sensitivity": [{"reliability": 0.7, "drift_per_year": -0.1, "low": -0.2, "high": 0.1}],
        "warnings": [], "method": {"level": 0.95, "mix": ["segment"]}, **slopes,
    }  # fmt: skip


@pytest.mark.parametrize("verdict", sorted(set(VERDICTS) - {NOT_ENOUGH}))
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_verdict_is_a_whole_sentence(aurinko: Organisation, verdict: str, language: str) -> None:
    data = data_of(aurinko)
    chosen = {"outcome": "answer_experience", "performance": ["answer_speed"], "expectation": "", "mix": "segment"}
    with translation.override(language):
        for confirms in (True, False, None):
            shown = PAGE.show(found(verdict, confirms), data, chosen)
            assert shown.answer.endswith(".")
            assert "%(" not in shown.answer + shown.evidence + "".join(part.words for part in shown.parts)
            assert shown.notes
