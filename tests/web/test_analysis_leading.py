"""The page "Mikä ennakoi?": what it asks unasked, what it says, and what it says when nothing leads."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import numpy as np
import pytest

from kapula.analyses.leading.results import VERDICTS
from kapula_web.accounts.models import Organisation, Team
from kapula_web.insights.analyses import choices
from kapula_web.insights.analyses.contract import Data, Shown
from kapula_web.insights.analyses.leading.page import LeadingPage
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.registry import page_of
from kapula_web.insights.analyses.telling import Told, shown_of
from kapula_web.insights.models import ValueName
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Observation, Response, Source, Touchpoint
from kapula_web.ledger.models import Question as Asked

MONDAY, WEEKS, LAG = date(2025, 1, 6), 60, 2
TEAMS = ("north", "south", "west")
PAGE = page_of("leading")


def planted(organisation: Organisation, slope: float) -> Data:
    """Three phone teams × 60 weeks of four answers; the phone's queue moves the score two weeks later by ``slope``. An office team has
    a series of its own, and the weather is everyone's."""
    rng = np.random.default_rng(3)
    source = Source.objects.create(organisation=organisation, code="survey", names={"fi": "Kysely"})
    for code, label in (("nps", "Suosittelu"), ("ease", "Helppous")):
        Asked.objects.create(organisation=organisation, code=code, names={"fi": label}, low=0, high=10)
    places = {
        code: Touchpoint.objects.create(organisation=organisation, code=code, names={"fi": name})
        for code, name in (("phone", "Puhelin"), ("office", "Toimisto"))
    }
    teams = {
        code: Team.objects.create(organisation=organisation, code=code, name=code.title()) for code in (*TEAMS, "desk")
    }
    queue = rng.normal(5, 1, (len(TEAMS), WEEKS + LAG))
    rows, observed = [], []
    for week in range(WEEKS):
        monday = MONDAY + timedelta(weeks=week)
        at = datetime(monday.year, monday.month, monday.day, 12, tzinfo=UTC)
        for place, code in enumerate((*TEAMS, "desk")):
            moved = slope * (queue[place, week] - 5) if code in TEAMS else 0.0
            scores = np.clip(np.rint(5 + moved + rng.normal(0, 1, 4)), 0, 10)
            rows += [
                Response(
                    organisation=organisation, source=source, external_id=f"{code}{week}-{number}", team=teams[code],
                    touchpoint=places["phone" if code in TEAMS else "office"], occurred_at=at, received_at=at,
                    answers={"nps": float(score), "ease": float(rng.integers(0, 11))},
                )
                for number, score in enumerate(scores)
            ]  # fmt: skip
            measure, value = ("queue", queue[place, week + LAG]) if code in TEAMS else ("mistakes", rng.normal())
            observed.append(
                Observation(organisation=organisation, measure=measure, team=teams[code], period=monday, value=value)
            )
        observed.append(Observation(organisation=organisation, measure="weather", period=monday, value=rng.normal()))
    for model, table, made in ((Response, "responses", rows), (Observation, "observations", observed)):
        kept = model.objects.bulk_create(made)
        changed(organisation=organisation, table=table, first_id=kept[0].pk, last_id=kept[-1].pk)
    ValueName.objects.create(organisation=organisation, dimension="series", code="queue", names={"fi": "Jonotusaika"})
    return data_of(organisation)


@pytest.fixture
def world(aurinko: Organisation) -> Callable[[float], Data]:
    return lambda slope: planted(aurinko, slope)


def told(data: Data, **changes: Any) -> Told:
    usual = PAGE.usual(data)
    assert usual is not None
    question = Question(PAGE, data, {**usual, **changes})
    found = PAGE.run(data, question.chosen, lambda done, total: None)
    return shown_of(question, json.loads(json.dumps(found)))


def texts(shown: Shown) -> str:
    return " ".join([shown.answer, *(part.words for part in shown.parts), *shown.notes])


def test_unasked_it_takes_the_place_whose_teams_have_figures_and_leaves_those_of_others(
    world: Callable[[float], Data],
) -> None:
    data = world(-1.0)
    usual = PAGE.usual(data)
    assert usual is not None
    assert (usual["outcome"], usual["touchpoint"], usual["lag"]) == ("answer_nps", "phone", "8")
    assert usual["candidates"] == ["series_queue", "series_weather"]
    form = PAGE.form(data, choices.bound(usual))
    assert form.is_valid(), form.errors
    offered = [code for code, _label in form.fields["candidates"].choices]
    assert offered == ["series_queue", "series_weather", "series_mistakes", "answer_ease"]
    another_score_can_be_asked_about_by_address(data)


def another_score_can_be_asked_about_by_address(data: Data) -> None:
    assert (PAGE.usual_with(data, {"outcome": "answer_ease"}) or {})["outcome"] == "answer_ease"
    assert (PAGE.usual_with(data, {"outcome": "answer_gone"}) or {})["outcome"] == "answer_nps"
    assert (PAGE.usual_with(data, {"touchpoint": ""}) or {})["touchpoint"] == ""


def test_the_answer_says_what_leads_by_how_long_and_how_surely(world: Callable[[float], Data]) -> None:
    page = told(world(-1.0))
    assert page.enough
    answer = page.shown.answer
    assert answer.startswith("Jonotusaika ennakoi: kun se nousee, ”Suosittelu” laskee kaksi viikkoa myöhemmin.")
    assert "%" in answer
    assert "60 viikkoa × 3 tiimiä" in page.shown.evidence
    assert "johtu" not in texts(page.shown).replace("mikä johtuu mistä", "")
    assert [picture.code for picture in page.pictures] == ["scan", "beside"]
    every_team_has_its_alarm_level(page)
    drawn_wide_and_narrow(page)


def every_team_has_its_alarm_level(page: Told) -> None:
    part = next(part for part in page.shown.parts if part.heading.startswith("Tarkkaile"))
    assert part.table is not None
    assert [row[0] for row in part.table.rows] == ["North", "South", "West"]
    assert "hälyttänyt" in part.words
    assert "vuodessa tiimiä kohti" in part.words
    assert all(row[4] in ("yli rajan", "ei hälytystä") for row in part.table.rows)


def drawn_wide_and_narrow(page: Told) -> None:
    for picture in page.pictures:
        assert picture.summary
        for (width, height), scheme in product((picture.wide, picture.narrow), ("css", "light", "dark")):
            spec = picture.spec(width=width, height=height, scheme=scheme)
            assert spec["width"] == width
            assert "@" not in json.dumps(spec["layer"])


def test_a_candidate_that_goes_the_same_way_is_said_to(world: Callable[[float], Data]) -> None:
    assert "”Suosittelu” nousee kaksi viikkoa myöhemmin" in told(world(1.0)).shown.answer


def test_everything_tried_is_in_the_table_and_rows_match_their_heads(world: Callable[[float], Data]) -> None:
    page = told(world(-1.0), candidates=["series_queue", "series_weather", "series_mistakes", "answer_ease"])
    tried = next(table for table in page.tables if table.head[1][0] == "Ennakoiko?")
    assert tried.rows[0][0] == "Jonotusaika"
    assert {row[0] for row in tried.rows} == {"Jonotusaika", "Weather", "Mistakes", "Helppous"}
    assert [row[1] for row in tried.rows] == ["kyllä", *["ei varmasti"] * 3]
    for table in page.tables:
        assert {len(row) for row in [*table.rows, *table.raw]} == {len(table.head)}


def test_when_nothing_leads_it_says_so(world: Callable[[float], Data]) -> None:
    page = told(world(0.0))
    assert page.enough
    assert "ei varmasti liiku ennen arvosanaa ”Suosittelu”" in page.shown.answer
    assert [picture.code for picture in page.pictures] == ["scan"]
    assert not any(part.heading.startswith("Tarkkaile") for part in page.shown.parts)


def test_too_short_a_stretch_says_how_many_weeks_are_needed(world: Callable[[float], Data]) -> None:
    page = told(world(-1.0), stretch="quarter")
    assert not page.enough
    assert page.have is not None
    assert page.have[0] < page.have[1]
    assert any("lyhyempi ennakko" in line for line in page.mend)


def test_every_verdict_of_the_library_is_told_by_the_page_or_the_frame() -> None:
    assert set(VERDICTS) == {"leads", "none_found", "not_enough"}
    assert isinstance(PAGE, LeadingPage)
