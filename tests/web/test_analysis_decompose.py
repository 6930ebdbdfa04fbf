"""The page "Miksi muuttui, tai miksi ei?": what is compared, how it is asked, and every verdict in words."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from django.utils import translation
from insights_data import LAST, answers

import kapula
from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.decompose.verdict import VERDICTS
from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses import choices, runs
from kapula_web.insights.analyses.contract import Shown
from kapula_web.insights.analyses.decompose import stretches
from kapula_web.insights.analyses.decompose.page import DecomposePage
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.telling import shown_of
from kapula_web.jobs import services as jobs
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Question as Asked
from kapula_web.ledger.models import QuestionVersion, Response

pytestmark = pytest.mark.django_db
PAGE = DecomposePage()


def told(organisation: Organisation, **chosen: Any) -> Shown:
    data = data_of(organisation)
    question = Question(PAGE, data, {**(PAGE.usual(data) or {}), **chosen})
    runs.ask(question, None)
    jobs.run_due()
    latest = runs.standing(question).latest
    assert latest is not None
    return shown_of(question, latest.found).shown


def test_a_fall_inside_the_groups_is_told_with_its_interval_picture_and_table(aurinko: Organisation) -> None:
    """Phone answers fall from NPS 25 to −100 in the later half; the chat stays."""
    answers(aurinko, weeks=12, fall_from=6)
    shown = told(aurinko, segment="touchpoint")
    assert re.match(
        r"”Nps” laski ryhmien sisällä 8\d pistettä \(\d+.*?\d+\)\. Vastaajien joukko ei sitä selitä\.", shown.answer
    )
    (picture, *_rest) = [part.picture for part in shown.parts if part.picture]
    assert picture.spec(width=360, height=300, scheme="css")["data"]["values"][0]["name"] == "Alussa"
    assert picture.table is not None
    assert [row[0] for row in picture.table.rows] == ["Puhelin", "pienet ryhmät yhdessä (2)", "Yhteensä"]
    assert all(len(row) == len(picture.table.head) for row in picture.table.raw)


def test_groups_below_the_minimum_are_told_together(aurinko: Organisation) -> None:
    """The invoice has one answer a week, fewer than the organisation shows: the next smallest, the chat, keeps it company."""
    answers(aurinko, weeks=12)
    table = next(part.picture.table for part in told(aurinko, segment="touchpoint").parts if part.picture)
    assert table is not None
    assert not any(row[0] == "Lasku" for row in table.rows)
    assert any(row[0].startswith("pienet ryhmät yhdessä") for row in table.rows)


def test_sampling_weights_are_used_where_every_answer_has_its_own(aurinko: Organisation) -> None:
    """Equal weights are none. With them the chat, which stays, counts three times what the falling phone does."""
    answers(aurinko, weeks=12, fall_from=6)
    chosen = {**(PAGE.usual(data_of(aurinko)) or {}), "segment": "touchpoint"}
    assert PAGE.ask(data_of(aurinko), chosen).keywords["weight"] is None
    plain = told(aurinko, segment="touchpoint")
    chat = Response.objects.filter(organisation=aurinko, touchpoint__code="chat")
    chat.update(weight=3.0)
    changed(organisation=aurinko, table="responses", first_id=chat.first().pk, last_id=chat.last().pk)
    asked = PAGE.ask(data_of(aurinko), chosen)
    assert asked.keywords["weight"] == "weight"
    assert ("--weight", "weight") in itertools.pairwise(asked.command)
    weighted = told(aurinko, segment="touchpoint")
    assert "vastausten omat painot" in str(weighted.method)
    assert "vastausten omat painot" not in str(plain.method)
    assert weighted.answer != plain.answer


def test_the_command_asks_what_the_page_asks(aurinko: Organisation) -> None:
    answers(aurinko, weeks=12)
    data = data_of(aurinko)
    asked = PAGE.ask(data, PAGE.usual(data) or {})
    words = list(asked.command)
    first, last = LAST - timedelta(days=83), LAST - timedelta(days=2)
    assert words[:2] == ["decompose", f"organisation://aurinko/responses?from={first}&to={last}"]
    for name in ("measure", "column", "segment", "time", "cluster"):
        assert words[words.index(f"--{name}") + 1] == asked.keywords[name]
    assert words[words.index("--from") + 1] == asked.keywords["first"]


def test_a_rewording_of_the_question_is_asked_about(aurinko: Organisation) -> None:
    answers(aurinko, weeks=12, fall_from=6)
    question = Asked.objects.get(organisation=aurinko, code="nps")
    for since in (LAST - timedelta(days=400), LAST - timedelta(days=41)):
        QuestionVersion.objects.create(question=question, valid_from=since)
    shown = told(aurinko, segment="touchpoint")
    assert shown.answer.startswith("Jaksoja ei voi verrata")
    assert any("sanamuoto vaihtui" in part.words for part in shown.parts)


def test_only_what_the_data_is_long_enough_for_can_be_chosen(aurinko: Organisation) -> None:
    answers(aurinko, weeks=12)
    data = data_of(aurinko)
    assert [code for code, _ in PAGE.form(data, None).fields["stretch"].choices] == ["parts"]
    assert stretches.possible((date(2024, 1, 1), date(2026, 12, 31))) == ["ends", "years", "halves", "season", "parts"]


@pytest.mark.parametrize("code", stretches.LEAST)
def test_stretches_are_as_long_as_each_other_and_share_no_day(code: str) -> None:
    whole = (date(2024, 1, 1), date(2026, 12, 31))
    earlier, later = stretches.of(code, whole)
    assert (earlier[1] - earlier[0]) == (later[1] - later[0])
    assert whole[0] <= earlier[0] < earlier[1] < later[0] < later[1] == whole[1]


def test_without_groups_or_answers_the_page_says_what_it_needs(aurinko: Organisation) -> None:
    assert PAGE.usual(data_of(aurinko)) is None


CELLS = {
    "mix_hides_fall": {"a": [(450, 50, 400), (90, 20, 190)], "b": [(80, 10, 10), (520, 100, 180)]},
    "mix_hides_rise": {"a": [(90, 20, 190), (450, 50, 400)], "b": [(520, 100, 180), (80, 10, 10)]},
    "within_fall": {"a": [(500, 100, 400), (250, 100, 650)], "b": [(400, 100, 500), (300, 100, 600)]},
    "within_rise": {"a": [(250, 100, 650), (500, 100, 400)], "b": [(300, 100, 600), (400, 100, 500)]},
    "offsetting": {"a": [(500, 100, 400), (250, 100, 650)], "b": [(400, 100, 500), (650, 100, 250)]},
    "mix_only": {"a": [(450, 50, 400), (135, 15, 120)], "b": [(80, 10, 10), (640, 80, 80)]},
    "flat_truly": {"a": [(300, 300, 400)] * 2, "b": [(200, 100, 100)] * 2},
    "unclear": {"a": [(30, 30, 40)] * 2, "b": [(20, 10, 10)] * 2},
    "break": {"a": [(450, 50, 400), (135, 15, 120)], "b": [(80, 10, 10), (640, 80, 80)]},
}


@lru_cache
def found(verdict: str, measure: str = "nps") -> dict[str, Any]:
    columns: dict[str, list[Any]] = {"group": [], "year": [], "score": []}
    for group, periods in CELLS[verdict].items():
        for year, counts in zip(("2024", "2025"), periods, strict=True):
            for score, count in zip((10, 8, 3), counts, strict=True):
                columns["group"] += [group] * count
                columns["year"] += [year] * count
                columns["score"] += [score] * count
    table = pa.table(columns).append_column("drives", pa.array(np.arange(len(columns["score"])) % 5 / 1.0))
    more: dict[str, Any] = (
        {"wording": "year"} if verdict == "break" else {"margin": 50.0} if verdict == "flat_truly" else {}
    )
    scale = {"scale": (0, 10)} if measure == "csat_top_box" else {}
    result = kapula.decompose(
        table, measure, column="score", segment="group", period="year", drivers=["drives"], n_boot=200, **more, **scale
    )
    stretches_told = {"first": "2024-01-01/2024-12-31", "second": "2025-01-01/2025-12-31"}
    return {**result.to_dict(), **stretches_told}


@pytest.mark.parametrize("verdict", CELLS)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_verdict_is_a_whole_sentence(aurinko: Organisation, verdict: str, language: str) -> None:
    assert set(CELLS) == set(VERDICTS) - {NOT_ENOUGH}
    data = data_of(aurinko)
    chosen = {"outcome": "answer_nps", "segment": "touchpoint", "stretch": "parts", "drivers": True}
    with translation.override(language):
        for measure in ("nps", "csat_top_box") if verdict == "unclear" else ("nps",):
            shown = PAGE.show(found(verdict, measure), data, chosen)
            assert shown.answer.endswith(".")
            assert "%(" not in shown.answer + shown.evidence + "".join(part.words for part in shown.parts)
            assert "None" not in shown.answer
            assert dict(shown.method)


def test_the_form_keeps_what_was_chosen(aurinko: Organisation) -> None:
    answers(aurinko, weeks=12)
    data = data_of(aurinko)
    usual = PAGE.usual_with(data, {"outcome": "answer_nps"})
    assert usual is not None
    form = PAGE.form(data, choices.bound({**usual, "drivers": True}))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["drivers"] is True
