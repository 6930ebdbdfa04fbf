"""Mitä voi jättää kysymättä? On answers of which it is known what tells of what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.utils.translation import gettext_lazy
from insights_data import a_model_measure

from kapula.errors import UnknownColumnError
from kapula_web.accounts.models import Organisation
from kapula_web.insights.aims.models import ExperienceAim
from kapula_web.insights.analyses import choices, runs
from kapula_web.insights.analyses.contract import Chosen, Data
from kapula_web.insights.analyses.prune.answer import answer
from kapula_web.insights.analyses.prune.page import PrunePage
from kapula_web.insights.analyses.prune.uses import uses, warning
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.telling import Told, command, shown_of
from kapula_web.jobs import services as jobs
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Question as Asked
from kapula_web.ledger.models import Response, Source

QUESTIONS = {"nps": "Suosittelu", "ease": "Helppous", "price": "Hinta", "again": "Hinta uudestaan", "colour": "Väri"}
PAGE = PrunePage()


def survey(organisation: Organisation, n: int = 900) -> None:
    """Recommendation is made of ease and price; price is asked twice; colour tells nothing."""
    rng = np.random.default_rng(1)
    source = Source.objects.create(organisation=organisation, code="yearly", names={"fi": "Vuosikysely"})
    for code, name in QUESTIONS.items():
        Asked.objects.create(
            organisation=organisation, code=code, names={"fi": name}, low=0 if code == "nps" else 1,
            high=10 if code == "nps" else 5, measure="nps" if code == "nps" else "mean",
        )  # fmt: skip
    mood = rng.normal(size=n)
    ease, price, colour = (np.clip(np.rint(3.2 + 0.4 * mood + rng.normal(size=n)), 1, 5) for _ in range(3))
    again = np.where(rng.random(n) < 0.08, np.clip(price + 1, 1, 5), price)
    nps = np.clip(np.rint(1.1 * ease + 0.8 * price + rng.normal(size=n)), 0, 10)
    columns = {"nps": nps, "ease": ease, "price": price, "again": again, "colour": colour}
    start = datetime(2026, 9, 1, 12, tzinfo=UTC)
    rows = [
        Response(
            organisation=organisation, source=source, external_id=str(place), occurred_at=start + timedelta(days=place % 60),
            received_at=start, language="fi", channel="email", answers={code: float(x[place]) for code, x in columns.items()},
        )
        for place in range(n)
    ]  # fmt: skip
    made = Response.objects.bulk_create(rows)
    changed(organisation=organisation, table="responses", first_id=made[0].pk, last_id=made[-1].pk)


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
def test_what_can_go_is_named_with_what_it_costs(aurinko: Organisation) -> None:
    survey(aurinko)
    found, question = told(aurinko)
    assert "voi jättää kysymättä" in found.shown.answer
    assert "väri" in found.shown.answer
    table = found.tables[0]
    rows = {row[0]: row for row in table.rows}
    assert rows["Väri"][1] == "voi jättää pois"
    assert rows["Helppous"][1] == "pidä"
    assert rows["Hinta uudestaan"][2] == "kysyy samaa kuin hinta"
    assert rows["Hinta"][2] == "ennuste heikkenee ilman sitä"
    assert command(question).startswith("kapula prune ")
    assert "--questions" in command(question)


@pytest.mark.django_db
def test_an_exact_copy_is_said_to_ask_the_same_and_costs_nothing(aurinko: Organisation) -> None:
    survey(aurinko)
    for one in Response.objects.filter(organisation=aurinko):
        one.answers["again"] = 6 - one.answers["price"]
        one.save()
    changed(organisation=aurinko, table="responses", first_id=0, last_id=one.pk)
    found, _ = told(aurinko)
    rows = {row[0]: row for row in found.tables[0].rows}
    gone = next(row for name, row in rows.items() if name.startswith("Hinta") and row[1] == "voi jättää pois")
    assert gone[2].startswith("kysyy samaa kuin hinta")
    assert gone[3] == "0,0"
    assert "korrelaatio on −1,00" in " ".join(part.words for part in found.shown.parts)


@pytest.mark.django_db
def test_twins_and_careless_answers_are_told(aurinko: Organisation) -> None:
    survey(aurinko)
    found, _ = told(aurinko)
    passages = " ".join(part.words for part in found.shown.parts)
    assert "kysyvät samaa" in passages
    assert "Cronbachin alfa" in passages
    assert found.pictures[0].spec(width=360, height=300, scheme="css")["layer"]
    assert "prosenttiyksikköä" in found.pictures[0].summary


@pytest.mark.django_db
def test_too_few_answers_say_how_many_are_needed(aurinko: Organisation) -> None:
    survey(aurinko, n=40)
    found, _ = told(aurinko)
    assert not found.enough
    assert "40" in found.shown.answer
    assert found.have == (40, 82)


@pytest.mark.django_db
def test_without_a_survey_of_several_questions_there_is_nothing_to_ask(aurinko: Organisation) -> None:
    assert PAGE.usual(data_of(aurinko)) is None


@pytest.mark.django_db
def test_what_lives_on_a_question_is_told_beside_it_and_before_it_is_dropped(aurinko: Organisation) -> None:
    survey(aurinko)
    a_model_measure(aurinko, code="colours", names={"fi": "Värit"}, measure="mean", columns=["colour"])
    ExperienceAim.objects.create(
        organisation=aurinko, code="bright", names={"fi": "Kirkas"},
        rules=[{"column": "answer_colour", "op": ">=", "value": 4}], good={"column": "answer_ease", "op": ">=", "value": 4},
    )  # fmt: skip
    found, _ = told(aurinko)
    rows = {row[0]: row[-1] for row in found.tables[0].rows}
    assert rows["Väri"] == "mittari ”Värit” ja tavoite ”Kirkas”"
    assert rows["Helppous"].startswith("tavoite ”Kirkas”")
    assert rows["Hinta uudestaan"] == "–"
    first = found.shown.parts[0]
    assert first.heading == "Sovi ensin näistä"
    assert first.words.endswith("”Väri”: mittari ”Värit” ja tavoite ”Kirkas”.")


@pytest.mark.django_db
def test_a_question_that_a_page_names_alone_is_in_use(aurinko: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    class Asking(PrunePage):
        name = "asking"
        question = gettext_lazy("Nousevatko odotukset?")

        def usual(self, data: Data) -> Chosen | None:
            return {"expectation": "answer_colour", "performance": ["answer_ease", "answer_price"], "mix": ""}

    class Broken(PrunePage):
        name = "broken"

        def usual(self, data: Data) -> Chosen | None:
            raise UnknownColumnError("No.", hint="Another.", column="a", columns=[], suggestion="b")

    monkeypatch.setattr("kapula_web.insights.analyses.prune.uses.pages", lambda: (Asking(), Broken(), PAGE))
    survey(aurinko, n=60)
    assert uses(data_of(aurinko), "prune") == {"answer_colour": ["kysymys ”Nousevatko odotukset?”"]}
    assert warning(["answer_price"], {}, {}) is None


@pytest.mark.parametrize("with_all", [None, {"verdict": "no_prediction", "high": 0.0, "r2": {"value": 0.0}}])
def test_a_copy_goes_at_no_loss_where_the_others_predict_nothing(with_all: dict[str, Any] | None) -> None:
    """The prediction is not said to stay as good as it was: there is none."""
    found = {
        "verdict": "can_drop", "outcome": "nps", "drop": ["again"], "with_all": with_all,
        "questions": [{"name": name} for name in ("ease", "price", "again")],
    }  # fmt: skip
    assert answer(found, QUESTIONS) == (
        "Hinta uudestaan voi jättää kysymättä: mitään ei häviä. "
        "Muut eivät varmasti ennusta, mitä vastataan kohtaan suosittelu, joten niistä ei voi sanoa mitään."
    )
