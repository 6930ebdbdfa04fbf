"""Mikä vaikuttaa? On answers of which it is known what goes with the score."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from kapula_web.accounts.models import Organisation, Team
from kapula_web.insights.analyses import choices, runs
from kapula_web.insights.analyses.drivers import columns as known
from kapula_web.insights.analyses.drivers.page import DriversPage
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.telling import Told, command, method_lines, shown_of
from kapula_web.jobs import services as jobs
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Comment, Observation, Response, Source
from kapula_web.ledger.models import Question as Asked
from kapula_web.texts.models import CommentAnalysis, CommentTheme

QUESTIONS = {"nps": "Suosittelu", "ease": "Helppous", "price": "Hinta", "again": "Hinta uudestaan", "colour": "Väri"}
START = datetime(2026, 6, 1, 12, tzinfo=UTC)
WEEKS = 20
PAGE = DriversPage()


def survey(organisation: Organisation, n: int = 600, related: bool = True) -> None:
    """Recommendation goes with ease, less with price; price is asked twice; colour goes with nothing. By team and week it
    also goes with the queue, longer in odd weeks."""
    rng = np.random.default_rng(1)
    source = Source.objects.create(organisation=organisation, code="yearly", names={"fi": "Vuosikysely"})
    team = Team.objects.create(organisation=organisation, code="phone", name="Puhelin")
    for code, name in QUESTIONS.items():
        Asked.objects.create(
            organisation=organisation, code=code, names={"fi": name}, low=0 if code == "nps" else 1,
            high=10 if code == "nps" else 5, measure="nps" if code == "nps" else "mean",
        )  # fmt: skip
    ease, price, colour = (np.clip(np.rint(mean + rng.normal(size=n)), 1, 5) for mean in (2.5, 3.5, 3))
    again = np.where(rng.random(n) < 0.05, np.clip(price + 1, 1, 5), price)
    day = np.arange(n) % (7 * WEEKS)
    queue = 60 + 60 * (day // 7 % 2)
    nps = 1.2 * ease + 0.6 * price - queue / 60 + 1.5 if related else np.full(n, 5.0)
    columns = {
        "nps": np.clip(np.rint(nps + rng.normal(size=n)), 0, 10), "ease": ease, "price": price, "again": again, "colour": colour,
    }  # fmt: skip
    made = Response.objects.bulk_create(
        Response(
            organisation=organisation, source=source, external_id=str(place), team=team, language="fi", channel="email",
            occurred_at=START + timedelta(days=int(day[place])), received_at=START,
            answers={code: float(values[place]) for code, values in columns.items()},
        )
        for place in range(n)
    )  # fmt: skip
    weekly = Observation.objects.bulk_create(
        Observation(
            organisation=organisation, measure="queue", team=team, period=date(2026, 6, 1) + timedelta(weeks=week),
            grain="week", value=60 + 60 * (week % 2),
        )
        for week in range(WEEKS)
    )  # fmt: skip
    for table, rows in (("responses", made), ("observations", weekly)):
        changed(organisation=organisation, table=table, first_id=rows[0].pk, last_id=rows[-1].pk)


def told(organisation: Organisation, **changes: Any) -> tuple[Told, Question]:
    data = data_of(organisation)
    usual = PAGE.usual(data)
    assert usual is not None
    form = PAGE.form(data, choices.bound({**usual, **changes}))
    assert form.is_valid(), form.errors
    question = Question(PAGE, data, form.cleaned_data)
    runs.ask(question, None)
    jobs.run_due()
    run = runs.standing(question).run
    assert run is not None
    assert run.found is not None, run.error
    return shown_of(question, run.found), question


@pytest.mark.django_db
def test_the_answer_names_the_first_with_its_range(aurinko: Organisation) -> None:
    survey(aurinko)
    found, question = told(aurinko)
    assert found.shown.answer.startswith("Helppous liittyy vahvimmin arvosanaan ”Suosittelu”:")
    assert "selitetystä vaihtelusta (" in found.shown.answer
    assert "n = 600" in found.shown.evidence.replace("\N{NO-BREAK SPACE}", " ")
    picture = found.pictures[0]
    assert picture.title == "Helppous on varmasti ensimmäisenä"
    assert found.tables[0].rows[0][0] == "Helppous"
    assert "Väri" in picture.summary
    assert all(one.spec(width=360, height=300, scheme="css")["layer"] for one in found.pictures)
    assert "johtu" not in found.shown.answer
    told_command = command(question)
    assert told_command.startswith("kapula drivers 'organisation://aurinko/responses?from=2026-06-01&to=2026-10-18'")
    assert "--outcome answer_nps" in told_command
    assert "--scale-of answer_ease=1:5" in told_command


@pytest.mark.django_db
def test_what_is_asked_twice_and_the_open_order_are_told(aurinko: Organisation) -> None:
    survey(aurinko)
    found, _ = told(aurinko)
    words = " ".join(part.words for part in found.shown.parts)
    assert "Helppous on ensimmäinen: 99" in words
    assert "kumpi on edellä, ei ole varmaa" in words
    assert any(note.startswith(("Hinta, Hinta uudestaan:", "Hinta uudestaan, Hinta:")) for note in found.notes)


@pytest.mark.django_db
def test_the_map_points_at_what_matters_and_goes_poorly(aurinko: Organisation) -> None:
    survey(aurinko)
    found, _ = told(aurinko)
    map_ = found.pictures[1]
    assert map_.title.startswith("Helppous: merkitsee keskimääräistä enemmän")
    assert "Katso näitä ensin: helppous." in " ".join(part.words for part in found.shown.parts)


@pytest.mark.django_db
def test_the_queue_of_the_week_stands_beside_the_questions(aurinko: Organisation) -> None:
    survey(aurinko)
    found, question = told(aurinko, drivers=["answer_ease", "answer_colour", "series_queue"])
    rows = {row[0]: row for row in found.tables[0].rows}
    (queue,) = [name for name in rows if name.startswith("Queue")]
    assert rows[queue][5].startswith("\N{MINUS SIGN}")
    assert rows[queue][7] == "–"
    assert command(question) == ""
    assert any("samalta viikolta" in text for _, text in method_lines(question, found.shown))


@pytest.mark.django_db
def test_poor_and_good_experience_are_told_apart(aurinko: Organisation) -> None:
    survey(aurinko)
    found, _ = told(aurinko, drivers=["answer_ease", "answer_price"], method="penalty_reward")
    tables = {table.caption: table for table in found.tables}
    rows = {row[0]: row for row in tables["Huono ja hyvä kokemus"].rows}
    assert ": \N{MINUS SIGN}" in rows["Helppous"][1]
    assert ": +" in rows["Helppous"][2]
    assert all(len(row) == len(tables["Huono ja hyvä kokemus"].head) for row in rows.values())


@pytest.mark.django_db
def test_nothing_sure_and_nothing_to_explain_are_told(aurinko: Organisation) -> None:
    survey(aurinko, n=200, related=False)
    found, _ = told(aurinko, drivers=["answer_ease", "answer_price"])
    assert found.shown.answer == "Ei ole varmaa, että mikään näistä liittyy arvosanaan ”Suosittelu”."
    assert len(found.pictures) == 1
    flat = {
        "verdict": "no_variation",
        "outcome": "answer_nps",
        "drivers": [],
        "ranks": [],
        "n": 50,
        "warnings": ["zero_variance"],
    }
    shown = PAGE.show(flat, data_of(aurinko), PAGE.usual(data_of(aurinko)) or {})
    assert shown.answer == "Arvosana ”Suosittelu” on kaikilla sama: ei ole vaihtelua, jota selittää."
    assert shown.notes


@pytest.mark.django_db
def test_too_few_answers_say_how_many_are_needed(aurinko: Organisation) -> None:
    survey(aurinko, n=12)
    found, _ = told(aurinko)
    assert not found.enough
    assert found.have == (12, 20)
    assert any("vähemmän asioita" in line for line in found.mend)


@pytest.mark.django_db
def test_without_another_question_there_is_nothing_to_ask(aurinko: Organisation) -> None:
    assert PAGE.usual(data_of(aurinko)) is None


@pytest.mark.django_db
def test_themes_of_comments_stand_beside_questions(aurinko: Organisation) -> None:
    """Who writes of the queue (every third) gives two points less; answers without a comment are left out, and the page says so."""
    survey(aurinko)
    responses = list(Response.objects.filter(organisation=aurinko).order_by("pk"))
    for place, response in enumerate(responses[:300]):
        comment = Comment.objects.create(
            response=response, question="why", text="Jonotin" if place % 3 == 0 else "Hyvä"
        )
        read = CommentAnalysis.objects.create(
            comment=comment, organisation=aurinko, version="x", language="fi", sentiment="neutral", probability=1, abstained=False,
            intensity=0, emotion="none", churn_risk=False, urgent=False, suggestion=False, analysed_at=START,
        )  # fmt: skip
        if place % 3 == 0:
            CommentTheme.objects.create(analysis=read, organisation=aurinko, code="waiting_time", sentiment="negative")
            response.answers = response.answers | {"nps": max(response.answers["nps"] - 2, 0)}
            response.save()
    changed(organisation=aurinko, table="responses", first_id=responses[0].pk, last_id=responses[-1].pk)
    data = data_of(aurinko)
    labels = {one.code: one.label for one in known.columns(data, "yearly").values()}
    assert labels["theme_waiting_time"] == "Odotusaika (kommentissa)"
    assert "theme_price_value" not in labels, "nobody speaks of it"
    chosen = dict(PAGE.usual(data) or {}) | {"drivers": ["answer_ease", "answer_price", "theme_waiting_time"]}
    found = PAGE.run(data, chosen, lambda done, total: None)
    assert found["n"] == 300
    theme = next(one for one in found["drivers"] if one["name"] == "theme_waiting_time")
    assert theme["correlation"] < -0.3
    assert theme["low"] > 0.02
    assert "luettu kommentti" in PAGE.ask(data, chosen).told
    assert PAGE.ask(data, chosen).command == ()
