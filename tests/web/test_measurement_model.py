"""The measurement model: a tree in four areas that analysts and owners change, and everyone sees as it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from insights_data import a_model_measure, answers

from kapula.results import Row
from kapula_web.accounts.models import AuditEntry, Organisation, User
from kapula_web.insights.models import ModelMeasure
from kapula_web.insights.selectors import live_measures, tree
from kapula_web.insights.words.sentences import target_state

SignIn = Callable[[User], Client]
MODEL = "/o/aurinko/model/"
FORM = {
    "name_fi": "Suosittelu", "area": "experience", "measure": "nps", "origin": "responses:nps", "rhythm": "month",
    "period": "week", "target": "30",
}  # fmt: skip


def figure(low: float, high: float) -> Row:
    return Row(None, None, (low + high) / 2, low, high, 100, 100.0)


@pytest.mark.parametrize(
    ("row", "target", "higher_is_better", "state"),
    [
        (figure(31, 40), 30, True, "met"),
        (figure(30, 40), 30, True, "met"),
        (figure(25, 35), 30, True, "unclear"),
        (figure(20, 29), 30, True, "missed"),
        (figure(20, 29), 30, False, "met"),
        (figure(31, 40), 30, False, "missed"),
        (figure(25, 35), 30, False, "unclear"),
        (figure(25, 35), None, True, "none"),
        (None, 30, True, "unknown"),
        (Row(None, None, None, None, None, 3, 3.0, ("suppressed",)), 30, True, "unknown"),
    ],
)
def test_a_target_is_met_only_when_the_whole_interval_says_so(
    row: Row | None, target: float | None, higher_is_better: bool, state: str
) -> None:
    assert target_state(row, target, higher_is_better) == state


def test_the_page_shows_each_measure_as_it_stands(aurinko: Organisation, rauno: User, signed_in: SignIn) -> None:
    answers(aurinko)
    a_model_measure(aurinko)
    text = signed_in(rauno).get(MODEL).content.decode()
    for expected in (
        "Suosittelu",
        "Suosittelijat miinus arvostelijat.",
        "31",
        "n\u00a0=\u00a0244",
        "Luetaan kymmenen avointa vastausta.",
        "ei omistajaa",
        "tarkastelu myöhässä",
    ):
        assert expected in text
    assert "Lisää mittari" not in text


def test_a_measure_that_cannot_be_computed_says_why_and_spares_the_others(
    aurinko: Organisation, anna: User, signed_in: SignIn
) -> None:
    answers(aurinko)
    a_model_measure(aurinko)
    a_model_measure(aurinko, code="broken", names={"fi": "Rikki"}, columns=["nobody_asked"])
    text = signed_in(anna).get(MODEL).content.decode()
    assert "Rikki" in text
    assert "n\u00a0=\u00a0244" in text


def test_the_page_of_such_a_measure_says_why(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko)
    a_model_measure(aurinko, columns=["nobody_asked"])
    for address in ("", "table.csv", "trend.png", "rows/"):
        response = signed_in(anna).get(f"/o/aurinko/measures/recommend/{address}")
        assert response.status_code == 409
        assert "answer_nobody_asked" in response.content.decode()


def test_an_analyst_makes_a_measure(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko)
    response = signed_in(anna).post(MODEL + "new/", FORM)
    assert response.status_code == 302
    made = ModelMeasure.objects.get()
    assert (made.code, made.target, made.columns, made.table) == ("suosittelu", 30, ["nps"], "responses")
    assert AuditEntry.objects.filter(action="model.created").count() == 1


def test_decimal_commas_are_read_and_shares_are_written_as_per_cent(
    aurinko: Organisation, anna: User, signed_in: SignIn
) -> None:
    answers(aurinko)
    signed_in(anna).post(MODEL + "new/", FORM | {"measure": "share", "target": "72,5"})
    assert ModelMeasure.objects.get().target == pytest.approx(0.725)
    assert 'value="72,5"' in signed_in(anna).get(MODEL + "suosittelu/change/").content.decode()


def test_a_measure_of_two_questions_asks_for_both(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko)
    response = signed_in(anna).post(MODEL + "new/", FORM | {"measure": "expectation_gap"})
    assert response.status_code == 422
    assert "Tämä mittari tarvitsee kaksi kysymystä" in response.content.decode()
    assert not ModelMeasure.objects.exists()


def test_a_change_is_logged_with_what_was(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko)
    a_model_measure(aurinko)
    signed_in(anna).post(MODEL + "recommend/change/", FORM | {"target": "35"})
    details = AuditEntry.objects.get(action="model.changed").details
    assert details["target"] == {"from": 30, "to": 35}
    assert ModelMeasure.objects.get().target == 35


def test_archiving_can_be_taken_back(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    measure = a_model_measure(aurinko)
    child = a_model_measure(aurinko, code="child", parent=measure)
    client = signed_in(anna)
    page = client.post(MODEL + "recommend/archive/", follow=True).content.decode()
    assert MODEL + "recommend/restore/" in page
    child.refresh_from_db()
    assert child.parent is None
    assert client.get("/o/aurinko/measures/recommend/").status_code == 404
    client.post(MODEL + "recommend/restore/")
    assert {one.code for one in live_measures(aurinko)} == {"recommend", "child"}


def test_measures_change_places(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    for position, code in enumerate(("first", "second", "third")):
        a_model_measure(aurinko, code=code, position=position)
    client = signed_in(anna)
    client.post(MODEL + "third/move/up/")
    client.post(MODEL + "first/move/up/")
    assert [one.code for one in live_measures(aurinko)] == ["first", "third", "second"]


def test_a_tree_never_loses_a_measure(aurinko: Organisation) -> None:
    """A parent in another area, or a circle made behind the form's back, must not hide anything from the page forever."""
    top = a_model_measure(aurinko, code="top")
    a_model_measure(aurinko, code="below", parent=top)
    a_model_measure(aurinko, code="elsewhere", parent=top, area="brand")
    experience = tree(live_measures(aurinko), "experience")
    assert [branch.measure.code for branch in experience] == ["top"]
    assert [branch.measure.code for branch in experience[0].children] == ["below"]
    assert [branch.measure.code for branch in tree(live_measures(aurinko), "brand")] == ["elsewhere"]


@pytest.mark.parametrize(("days", "overdue"), [(10, False), (31, False), (32, True)])
def test_a_review_is_overdue_after_its_rhythm(aurinko: Organisation, days: int, overdue: bool) -> None:
    today = date(2026, 11, 20)
    measure = a_model_measure(aurinko, reviewed_at=today - timedelta(days=days))
    assert measure.is_overdue(today) is overdue
    assert a_model_measure(aurinko, code="never").is_overdue(today)


def test_a_team_lead_marks_a_review_but_changes_nothing(aurinko: Organisation, leo: User, signed_in: SignIn) -> None:
    a_model_measure(aurinko)
    client = signed_in(leo)
    assert client.post(MODEL + "recommend/review/").status_code == 302
    assert ModelMeasure.objects.get().reviewed_at == timezone.localdate()
    assert client.post(MODEL + "recommend/archive/").status_code == 403


def test_another_organisations_measures_are_not_there(
    aurinko: Organisation, strand: Organisation, sten: User, signed_in: SignIn
) -> None:
    a_model_measure(aurinko)
    client = signed_in(sten)
    assert client.get(MODEL).status_code == 404
    addresses: list[Any] = [
        "measures/recommend/",
        "measures/recommend/table.csv",
        "measures/recommend/trend.svg",
        "model/recommend/change/",
    ]
    assert [client.get(f"/o/strand/{address}").status_code for address in addresses] == [404] * 4
