"""A file becomes part of the ledger all at once, once only, and can be taken back exactly."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Model
from import_files import QUEUES, SURVEY, corrected, imported, series, text_of

from kapula.connectors.mapping.cell import LIMITS
from kapula_web.accounts.models import AuditEntry, Organisation, Team, User
from kapula_web.ledger import selectors
from kapula_web.ledger.imports.errors import UndoBlocked
from kapula_web.ledger.imports.stage import Stage
from kapula_web.ledger.imports.undo import undo
from kapula_web.ledger.models import (
    Comment,
    Event,
    Import,
    Observation,
    Outcome,
    Question,
    QuestionVersion,
    RejectedRow,
    Response,
    RowVersion,
    Touchpoint,
)

pytestmark = pytest.mark.django_db


def answers(organisation: Organisation) -> dict[str, dict[str, float]]:
    return dict(Response.objects.filter(organisation=organisation).values_list("external_id", "answers"))


def everything(organisation: Organisation) -> list[tuple[object, ...]]:
    """All the ledger says, but for the ids of comments."""
    fields = ("id", "external_id", "team__code", "touchpoint__code", "occurred_at", "answers", "attributes", "weight")
    rows = list(Response.objects.filter(organisation=organisation).order_by("id").values_list(*fields))
    comments = Comment.objects.filter(response__organisation=organisation).order_by("response", "question")
    return rows + list(comments.values_list("response", "question", "text"))


def test_rows_comments_questions_teams_and_touchpoints_come_in_together(aurinko: Organisation, anna: User) -> None:
    run = imported(aurinko, SURVEY, actor=anna)

    assert (run.state, run.added, run.updated, run.unchanged, run.rejected) == (Import.State.DONE, 4, 0, 0, 0)
    assert answers(aurinko) == {"A1": {"suosittelu": 9}, "A2": {"suosittelu": 0}, "A3": {"suosittelu": 7}, "A4": {}}
    assert set(Team.objects.values_list("code", flat=True)) == {"Turku", "Oulu"}
    assert set(Touchpoint.objects.values_list("code", flat=True)) == {"Puhelin", "Verkko"}
    assert Response.objects.get(external_id="A1").team == Team.objects.get(code="Turku")
    assert Comment.objects.get(response__external_id="A2").text == "Jonotin tunnin"
    question = Question.objects.get(code="suosittelu")
    assert (question.low, question.high, question.is_comment) == (0, 10, False)
    assert question.versions.get().valid_from == date(2026, 3, 1)
    assert AuditEntry.objects.filter(action="import.finished", actor=anna, details__added=4).exists()


def test_the_snapshot_has_the_rows_as_soon_as_the_import_is_done(aurinko: Organisation) -> None:
    imported(aurinko, SURVEY)
    rows = {
        row["external_id"]: row["answer_suosittelu"] for row in selectors.responses(aurinko).to_pyarrow().to_pylist()
    }
    assert rows == {"A1": 9.0, "A2": 0.0, "A3": 7.0, "A4": None}


def test_the_same_file_again_adds_nothing(aurinko: Organisation) -> None:
    imported(aurinko, SURVEY)
    before = everything(aurinko)
    again = imported(aurinko, SURVEY)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 4)
    assert everything(aurinko) == before
    assert not RowVersion.objects.exists()


def test_changed_rows_are_updated_and_keep_their_older_version(aurinko: Organisation) -> None:
    imported(aurinko, SURVEY)
    run = imported(
        aurinko, text_of(["A1;1.3.2026;Turku;Puhelin;3;Muutin mieleni", "A2;2.3.2026;Turku;Puhelin;0;Jonotin tunnin"])
    )
    assert (run.added, run.updated, run.unchanged) == (0, 1, 1)
    assert answers(aurinko)["A1"] == {"suosittelu": 3}
    assert Comment.objects.get(response__external_id="A1").text == "Muutin mieleni"
    assert RowVersion.objects.get().before["answers"] == {"suosittelu": 9}


def test_a_blank_answer_removes_the_older_one_but_a_missing_column_does_not(aurinko: Organisation) -> None:
    imported(aurinko, SURVEY)
    imported(aurinko, "Vastaustunnus;Päivä;Suosittelu;Helppous\nA1;1.3.2026;;5\nA2;2.3.2026;0;4\nA3;3.3.2026;8;5\n")
    assert answers(aurinko)["A1"] == {"helppous": 5}
    assert answers(aurinko)["A3"] == {"suosittelu": 8, "helppous": 5}
    assert Comment.objects.get(response__external_id="A1").text == "Nopea ja ystävällinen"
    assert Response.objects.get(external_id="A1").team == Team.objects.get(code="Turku")


def test_undo_is_exact(aurinko: Organisation, anna: User) -> None:
    imported(aurinko, SURVEY)
    before = everything(aurinko)
    rows = [
        "A1;1.3.2026;Oulu;Myymälä;3;Muutin mieleni",
        "A3;3.3.2026;Oulu;Verkko;7;Nyt sanon",
        "B1;5.3.2026;Turku;Puhelin;10;",
    ]
    run = imported(aurinko, text_of(rows))
    assert (run.added, run.updated) == (1, 2)

    undo(run=run, actor=anna)

    assert everything(aurinko) == before
    assert Import.objects.get(pk=run.pk).state == Import.State.UNDONE
    assert selectors.responses(aurinko).count().execute() == 4
    assert AuditEntry.objects.filter(action="import.undone", details__removed=1, details__restored=2).exists()


def test_an_import_that_a_later_one_changed_is_undone_after_it(aurinko: Organisation, anna: User) -> None:
    first = imported(aurinko, SURVEY)
    later = imported(aurinko, text_of(["A1;1.3.2026;Turku;Puhelin;3;"]))
    before = everything(aurinko)
    with pytest.raises(UndoBlocked) as refused:
        undo(run=first, actor=anna)
    assert refused.value.context["import_id"] == later.pk
    assert everything(aurinko) == before

    undo(run=later, actor=anna)
    undo(run=first, actor=anna)
    assert everything(aurinko) == []


def test_one_spelling_of_a_team_and_a_touchpoint(aurinko: Organisation) -> None:
    Touchpoint.objects.create(organisation=aurinko, code="puhelin", names={"fi": "Puhelinpalvelu"})
    imported(aurinko, text_of(["A1;1.3.2026;TURKU;Puhelin;9;", "A2;2.3.2026;Turku;PUHELIN;8;"]))
    assert list(Touchpoint.objects.values_list("code", flat=True)) == ["puhelin"]
    assert list(Team.objects.values_list("code", flat=True)) == ["TURKU"]


def test_a_changed_scale_is_a_new_version_of_the_question(aurinko: Organisation, anna: User) -> None:
    imported(aurinko, SURVEY)
    five = "Vastaustunnus;Päivä;Suosittelu\nC1;1.9.2026;5\nC2;2.9.2026;1\n"
    run = imported(
        aurinko, five, plan=lambda plan: corrected(plan, Suosittelu={"role": "score", "low": 1.0, "high": 5.0})
    )
    versions = QuestionVersion.objects.filter(question__code="suosittelu").values_list("valid_from", "low", "high")
    assert list(versions) == [(date(2026, 3, 1), 0, 10), (date(2026, 9, 1), 1, 5)]
    assert Question.objects.get(code="suosittelu").high == 5

    undo(run=run, actor=anna)
    assert Question.objects.get(code="suosittelu").high == 10


def test_an_older_file_on_another_scale_does_not_change_the_present_one(aurinko: Organisation) -> None:
    imported(aurinko, SURVEY)
    old = "Vastaustunnus;Päivä;Suosittelu\nC1;1.9.2020;5\nC2;2.9.2020;1\n"
    imported(aurinko, old, plan=lambda plan: corrected(plan, Suosittelu={"role": "score", "low": 1.0, "high": 5.0}))
    versions = QuestionVersion.objects.filter(question__code="suosittelu").values_list("valid_from", "low", "high")
    assert list(versions) == [(date(2020, 9, 1), 1, 5), (date(2026, 3, 1), 0, 10)]
    assert Question.objects.get(code="suosittelu").high == 10


def test_operational_series_come_in_once_and_change_in_place(aurinko: Organisation, anna: User) -> None:
    first = imported(aurinko, QUEUES, "jonot.csv", "jonot", plan=series)
    assert (first.added, first.rejected) == (2, 0)
    assert set(Observation.objects.values_list("period", "value", "n")) == {
        (date(2026, 3, 2), 4.5, 120),
        (date(2026, 3, 9), 6.25, 131),
    }
    run = imported(aurinko, QUEUES.replace("6,25", "7,5"), "jonot.csv", "jonot", plan=series)
    assert (run.added, run.updated, run.unchanged) == (0, 1, 1)
    undo(run=run, actor=anna)
    assert set(Observation.objects.values_list("value", flat=True)) == {4.5, 6.25}


def test_what_nobody_foresaw_keeps_no_words_of_customers(
    aurinko: Organisation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumbles(stage: Stage) -> None:
        raise ValueError("Key (text)=(Soitin Maijalle numeroon 040 123 4567) is too long")

    monkeypatch.setattr(Stage, "ready", stumbles)
    run = imported(aurinko, SURVEY)
    assert (run.state, run.error) == ("failed", {"code": "unexpected", "message": "ValueError"})
    assert "Maijalle" in caplog.text  # where those who mend it look
    assert not everything(aurinko)


def test_another_organisation_has_none_of_it(aurinko: Organisation, strand: Organisation) -> None:
    imported(aurinko, SURVEY)
    run = imported(strand, SURVEY)
    assert run.added == 4
    assert Response.objects.filter(organisation=strand).count() == 4
    assert Team.objects.filter(organisation=strand).count() == 2


PLACES: dict[str, list[tuple[type[Model], str]]] = {
    "external_id": [(Response, "external_id"), (Event, "external_id"), (RejectedRow, "external_id")],
    "customer": [(table, "customer") for table in (Response, Event, Outcome)],
    "account": [(table, "account") for table in (Response, Event, Outcome)],
    "team": [(Team, "code")],
    "touchpoint": [(Touchpoint, "code")],
    "channel": [(Response, "channel")],
    "segment": [(Response, "segment")],
    "kind": [(Event, "kind")],
    "measure": [(Observation, "measure")],
}


@pytest.mark.parametrize("role", LIMITS)
def test_the_longest_text_a_file_may_bring_is_the_ledgers_own(role: str) -> None:
    """PostgreSQL would break off the whole import at the first longer one; SQLite would take it in."""
    assert {table._meta.get_field(name).max_length for table, name in PLACES[role]} == {LIMITS[role]}


def test_a_team_name_longer_than_its_place_is_refused_with_its_row(aurinko: Organisation) -> None:
    run = imported(aurinko, text_of([f"A1;1.3.2026;{'T' * 120};Puhelin;9;", f"A2;2.3.2026;{'T' * 121};Puhelin;8;"]))
    assert (run.added, run.rejected) == (1, 1)
    assert RejectedRow.objects.get().reasons == [["Tiimi", "too_long", "T" * 121]]
