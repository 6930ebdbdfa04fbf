"""What pages know of the data: questions, groups, series, and the tables they are joined into. Every count is planted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from kapula.tables import fetch
from kapula_web.accounts.models import Organisation, Team
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.questions import data_of
from kapula_web.insights.analyses.series import panel, series, with_series
from kapula_web.insights.models import ValueName
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Observation, Question, Response, Source, Touchpoint

MONDAYS = [date(2026, 10, 19), date(2026, 10, 26), date(2026, 11, 2)]


@pytest.fixture
def data(aurinko: Organisation) -> Data:
    """Two teams; in each of two weeks team a gives one answer of nps and ease, team b one of nps alone. Staff answer once. The phone's
    queue is measured for both teams in three weeks, the weather for everyone."""
    source = Source.objects.create(organisation=aurinko, code="survey", names={"fi": "Kysely"})
    for code, low, high in (("nps", 0, 10), ("ease", 1, 5), ("support", 1, 5), ("silent", 1, 5)):
        Question.objects.create(organisation=aurinko, code=code, names={"fi": code.upper()}, low=low, high=high)
    teams = {code: Team.objects.create(organisation=aurinko, code=code, name=code.upper()) for code in ("a", "b")}
    phone = Touchpoint.objects.create(organisation=aurinko, code="phone", names={"fi": "Puhelin"})
    rows = []
    for week, monday in enumerate(MONDAYS[:2]):
        for team, answers in (("a", {"nps": 6 + week, "ease": 4}), ("b", {"nps": 9})):
            rows.append(
                response(aurinko, source, f"{team}{week}", monday, team=teams[team], answers=answers, touchpoint=phone)
            )
    rows.append(response(aurinko, source, "staff", MONDAYS[0], answers={"support": 5}, perspective="employee"))
    made = Response.objects.bulk_create(rows)
    changed(organisation=aurinko, table="responses", first_id=made[0].pk, last_id=made[-1].pk)
    observed = [
        Observation(
            organisation=aurinko, measure="queue", team=teams[team], period=monday, value=10 * week + extra, n=0
        )
        for week, monday in enumerate(MONDAYS)
        for team, extra in (("a", 1), ("b", 2))
    ]
    observed += [
        Observation(organisation=aurinko, measure="weather", grain="day", period=day, value=value, n=n)
        for day, value, n in ((MONDAYS[0], 1, 3), (date(2026, 10, 20), 5, 1), (MONDAYS[1], 7, None))
    ]
    kept = Observation.objects.bulk_create(observed)
    changed(organisation=aurinko, table="observations", first_id=kept[0].pk, last_id=kept[-1].pk)
    ValueName.objects.create(organisation=aurinko, dimension="series", code="queue", names={"fi": "Jonotusaika"})
    return data_of(aurinko)


def response(organisation: Organisation, source: Source, key: str, day: date, **more: object) -> Response:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Response(organisation=organisation, source=source, external_id=key, occurred_at=at, received_at=at, **more)


def test_questions_are_counted_by_perspective(data: Data) -> None:
    assert [(one.column, one.label, one.n) for one in held.questions(data)] == [
        ("answer_nps", "NPS", 4),
        ("answer_ease", "EASE", 2),
    ]
    assert [one.column for one in held.questions(data, least=3)] == ["answer_nps"]
    assert [(one.column, one.high) for one in held.questions(data, "employee")] == [("answer_support", 5)]


def test_what_was_asked_together(data: Data) -> None:
    assert [(one.column, one.n) for one in held.asked_with(data, "answer_ease")] == [("answer_nps", 2)]
    assert held.asked_with(data, "answer_support", "employee") == []


def test_groups_and_stretches(data: Data) -> None:
    assert [(one.code, one.label, one.n) for one in held.values(data, "team")] == [("a", "A", 2), ("b", "B", 2)]
    assert [one.code for one in held.divisions(data)] == ["team"]
    assert [one.label for one in held.sources(data)] == ["Kysely"]
    assert held.stretch(data) == (MONDAYS[0], MONDAYS[1])
    assert held.accounts(data) == (0, 0)


def test_rows_and_the_command_that_reads_the_same(data: Data) -> None:
    rows = held.rows(data, start=MONDAYS[1], end=MONDAYS[2], where={"team": ["a"]})
    assert fetch(rows)["answer_nps"].to_pylist() == [7.0]
    assert held.address(data, "responses", MONDAYS[1], MONDAYS[2]) == (
        "organisation://aurinko/responses?from=2026-10-26&to=2026-11-02"
    )
    assert held.filters(where={"team": ["a"]}) == ["--filter", "perspective=customer", "--filter", "team=a"]


def test_series_with_their_names_and_units(data: Data) -> None:
    found = {one.code: one for one in series(data)}
    assert (found["queue"].label, found["queue"].unit, found["queue"].units) == ("Jonotusaika", "team", 2)
    assert (found["weather"].label, found["weather"].unit, found["weather"].grain) == ("Weather", "", "day")
    assert [one.code for one in series(data, unit="touchpoint")] == ["weather"]


def test_answers_with_their_weeks_values(data: Data) -> None:
    """The weather of a week of days is weighted: (3 × 1 + 1 × 5) / 4 = 2."""
    joined = fetch(with_series(data, held.rows(data), series(data)).order_by("id")).to_pylist()
    assert [(row["team"], row["series_queue"], row["series_weather"]) for row in joined] == [
        ("a", 1.0, 2.0), ("b", 2.0, 2.0), ("a", 11.0, 7.0), ("b", 12.0, 7.0),
    ]  # fmt: skip


def test_answers_with_an_earlier_weeks_values(data: Data) -> None:
    joined = fetch(with_series(data, held.rows(data), series(data), lag_weeks=1).order_by("id")).to_pylist()
    assert [row["series_queue"] for row in joined] == [None, None, 1.0, 2.0]


def test_a_panel_of_teams_and_weeks(data: Data) -> None:
    """The third week has a queue and no answers."""
    rows = fetch(panel(data, held.rows(data), "answer_nps", series(data))).to_pylist()
    assert [(row["team"], row["week"], row["answer_nps"], row["n"], row["series_queue"]) for row in rows] == [
        ("a", MONDAYS[0], 6.0, 1, 1.0), ("a", MONDAYS[1], 7.0, 1, 11.0), ("a", MONDAYS[2], None, 0, 21.0),
        ("b", MONDAYS[0], 9.0, 1, 2.0), ("b", MONDAYS[1], 9.0, 1, 12.0), ("b", MONDAYS[2], None, 0, 22.0),
    ]  # fmt: skip
    assert [row["series_weather"] for row in rows[:3]] == [2.0, 7.0, None]


def test_stretches_and_periods_end_with_the_data(data: Data) -> None:
    with translation.override("fi"):
        assert fields.between(data, "quarter") == (MONDAYS[0], MONDAYS[1])
        assert [str(label) for _, label in fields.periods(data, "week")] == ["vk 44/2026", "vk 43/2026"]
        assert fields.as_text(fields.between(data, "all")) == "19.10.2026–26.10.2026"


def test_fields_offer_what_there_is(data: Data) -> None:
    assert fields.question(data, "Mihin?").choices == [("answer_nps", "NPS"), ("answer_ease", "EASE")]
    assert [code for code, _ in fields.value(data, "team", "Tiimi").choices] == ["", "a", "b"]
    assert [code for code, _ in fields.series(series(data)).choices] == ["queue", "weather"]
    assert [code for code, _ in fields.division(data).choices] == ["team"]
