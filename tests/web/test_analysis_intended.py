"""Oliko kokemus se, jota tavoittelimme? The page, and the aims it rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from insights_data import answers
from pages_aims import an_aim

from kapula_web.accounts.models import AuditEntry, Organisation, User
from kapula_web.insights.aims.models import ExperienceAim
from kapula_web.insights.analyses import choices, runs
from kapula_web.insights.analyses.intended.page import IntendedPage
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.telling import Told, command, shown_of
from kapula_web.jobs import services as jobs

SignIn = Callable[[User], Client]
PAGE = IntendedPage()
FORM = {
    "name_fi": "Puhelu auttaa", "touchpoint": "phone", "question_1": "answer_nps", "op_1": ">=", "value_1": "8",
    "combine": "all", "target": "60", "good_question": "answer_nps", "good_value": "9",
}  # fmt: skip


def told(organisation: Organisation, **changes: Any) -> tuple[Told, Question]:
    data = data_of(organisation)
    usual = PAGE.usual(data)
    assert usual is not None
    form = PAGE.form(data, choices.bound({**usual, "stretch": "all", **changes}))
    assert form.is_valid(), form.errors
    question = Question(PAGE, data, form.cleaned_data)
    runs.ask(question, None)
    jobs.run_due()
    run = runs.standing(question).run
    assert run is not None
    assert run.found is not None, run.error
    return shown_of(question, run.found), question


def test_the_share_is_told_against_its_target(aurinko: Organisation) -> None:
    """At the phone half give 10 and a quarter 8: 75 % are as intended (8 or more), 480 answers."""
    answers(aurinko)
    an_aim(aurinko, target=0.9)
    found, question = told(aurinko)
    assert (
        found.shown.answer
        == "Puhelimessa on helppoa: näin oli vain 75\xa0% (71–79\xa0%) kokemuksista, kun tavoite on 90\xa0%."
    )
    (row,) = found.tables[0].rows
    assert row[5] == "ei täyty"
    assert row[6] == "480"
    assert command(question).startswith("kapula intended ")


def test_a_fall_is_drawn_in_time_and_told(aurinko: Organisation) -> None:
    """From the tenth week on every phone answer is 3: nothing is as intended any more."""
    answers(aurinko, weeks=16, fall_from=10)
    an_aim(aurinko)
    found, _ = told(aurinko, stretch="quarter")
    picture = next(one for one in found.pictures if one.code == "over-time")
    assert picture.spec(width=360, height=300, scheme="light")["width"] == 360
    shares = [row[1] for row in picture.table.raw]
    assert (shares[0], shares[-1]) == (0.75, 0.0)
    assert any(part.heading == "Miten se on kehittynyt?" for part in found.shown.parts)


def test_good_is_shown_beside_intended(aurinko: Organisation) -> None:
    """A quarter is as intended (8) yet not good (9 or more)."""
    answers(aurinko)
    an_aim(aurinko, good={"column": "answer_nps", "op": ">=", "value": 9})
    kinds = next(table for table in told(aurinko)[0].tables if "rinnakkain" in table.caption)
    assert kinds.raw[0] == ("easy_phone", 0.5, 0.0, 0.25, 0.25)


def test_a_changed_aim_is_a_new_question(aurinko: Organisation) -> None:
    answers(aurinko)
    aim = an_aim(aurinko)
    before = told(aurinko)[1]
    aim.rules = [{"column": "answer_nps", "op": ">=", "value": 9}]
    aim.save()
    found, after = told(aurinko, declared=before.chosen["declared"])
    assert after.key != before.key
    assert "50" in found.shown.answer


def test_aims_of_questions_nobody_has_answered_are_left_out(aurinko: Organisation) -> None:
    answers(aurinko)
    an_aim(aurinko, rules=[{"column": "answer_unasked", "op": ">=", "value": 4}])
    assert PAGE.usual(data_of(aurinko)) is None


def test_an_aim_is_declared_changed_archived_and_taken_back(
    aurinko: Organisation, anna: User, signed_in: SignIn
) -> None:
    answers(aurinko)
    client = signed_in(anna)
    assert client.post("/o/aurinko/aims/new/", FORM).status_code == 302
    aim = ExperienceAim.objects.get()
    assert aim.declared() == {
        "name": "puhelu_auttaa", "rules": [{"column": "answer_nps", "op": ">=", "value": 8.0}], "combine": "all",
        "applies": {"touchpoint": ["phone"]}, "good": {"column": "answer_nps", "op": ">=", "value": 9.0}, "target": 0.6,
    }  # fmt: skip
    page = client.get("/o/aurinko/aims/").content.decode()
    assert "Puhelu auttaa" in page
    assert "nps on vähintään 8" in page
    client.post(f"/o/aurinko/aims/{aim.code}/change/", {**FORM, "target": "70"})
    client.post(f"/o/aurinko/aims/{aim.code}/archive/")
    assert not client.get("/o/aurinko/aims/").context["aims"]
    aim.refresh_from_db()
    assert (aim.target, aim.archived_at is None) == (0.7, False)
    client.post(f"/o/aurinko/aims/{aim.code}/restore/")
    aim.refresh_from_db()
    assert aim.archived_at is None
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-4:] == ["aim.created", "aim.changed", "aim.archived", "aim.restored"]


def test_an_aim_may_have_as_many_rules_as_it_needs(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko)
    rules = [{"column": "answer_nps", "op": ">=", "value": float(value)} for value in range(1, 7)]
    an_aim(aurinko, rules=rules)
    client = signed_in(anna)
    form = client.get("/o/aurinko/aims/easy_phone/change/").context["form"]
    assert form["value_6"].value() == 6
    assert "question_7" in form.fields
    sent = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    client.post("/o/aurinko/aims/easy_phone/change/", {**sent, "question_7": "answer_nps", "value_7": "7"})
    kept = ExperienceAim.objects.get().rules
    assert [rule["value"] for rule in kept] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value_1": ""}, "value_1"),
        ({"question_1": ""}, "question_1"),
        ({"good_value": ""}, "good_value"),
        ({"combine": "at_least"}, "combine"),
        ({"target": "120"}, "target"),
    ],
)
def test_a_form_that_cannot_stand_says_why(
    aurinko: Organisation, anna: User, signed_in: SignIn, change: dict[str, str], field: str
) -> None:
    answers(aurinko)
    response = signed_in(anna).post("/o/aurinko/aims/new/", {**FORM, **change})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not ExperienceAim.objects.exists()


def test_a_reader_sees_the_aims_and_cannot_change_them(aurinko: Organisation, rauno: User, signed_in: SignIn) -> None:
    an_aim(aurinko)
    client = signed_in(rauno)
    assert "Puhelimessa on helppoa" in client.get("/o/aurinko/aims/").content.decode()
    assert client.get("/o/aurinko/aims/new/").status_code == 403
    assert client.post("/o/aurinko/aims/easy_phone/archive/").status_code == 403
