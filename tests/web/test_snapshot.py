"""The snapshot says what the ledger says, after any sequence of writes, and forgets what the ledger forgets."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kapula_web.accounts.models import Organisation, Team
from kapula_web.ledger import selectors, snapshot
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import (
    AttributeName,
    Comment,
    LedgerChange,
    Observation,
    Outcome,
    Question,
    Response,
    Source,
    Touchpoint,
)
from kapula_web.ledger.snapshot import writer

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def survey(aurinko: Organisation) -> Source:
    Question.objects.create(organisation=aurinko, code="nps", low=0, high=10)
    AttributeName.objects.create(organisation=aurinko, name="it's a plan")
    return Source.objects.create(organisation=aurinko, code="survey")


def answer(survey: Source, number: int, nps: float | None, **values: Any) -> Response:
    response = Response.objects.create(
        organisation=survey.organisation,
        source=survey,
        external_id=f"r{number}",
        occurred_at=NOON + timedelta(hours=number),
        received_at=NOON,
        answers={} if nps is None else {"nps": nps},
        **values,
    )
    changed(organisation=survey.organisation, table="responses", first_id=response.pk)
    return response


def told(organisation: Organisation) -> dict[str, float | None]:
    rows = selectors.responses(organisation).to_pyarrow().to_pylist()
    return {row["external_id"]: row["answer_nps"] for row in rows}


def test_a_fresh_organisation_has_the_columns_and_no_rows(aurinko: Organisation, survey: Source) -> None:
    table = selectors.responses(aurinko).to_pyarrow()
    assert table.num_rows == 0
    assert {"occurred_on", "answer_nps", "attribute_it's a plan"} <= set(table.column_names)


def test_zero_is_an_answer_and_blank_is_not(aurinko: Organisation, survey: Source) -> None:
    answer(survey, 1, 0)
    answer(survey, 2, None)
    assert told(aurinko) == {"r1": 0.0, "r2": None}


def test_names_times_and_attributes_arrive_as_the_schema_says(aurinko: Organisation, survey: Source) -> None:
    team = Team.objects.create(organisation=aurinko, name="Puhelin", code="phone-team")
    phone = Touchpoint.objects.create(organisation=aurinko, code="phone")
    # 23:30 UTC on New Year's Eve is already the new year in Helsinki.
    answer(survey, 1, 9, team=team, touchpoint=phone, attributes={"it's a plan": "yes"}, weight=1.5)
    Response.objects.update(occurred_at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    row = selectors.responses(aurinko).to_pyarrow().to_pylist()[0]
    assert (row["team"], row["touchpoint"], row["weight"]) == ("phone-team", "phone", 1.5)
    assert row["occurred_at"].astimezone(UTC) == datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    assert row["occurred_on"] == date(2026, 1, 1)
    assert row["attribute_it's a plan"] == "yes"
    assert row["customer"] is None


def test_a_question_declared_later_has_an_empty_column(aurinko: Organisation, survey: Source) -> None:
    answer(survey, 1, 9)
    assert told(aurinko) == {"r1": 9.0}
    Question.objects.create(organisation=aurinko, code="ces", low=1, high=7)
    answer(survey, 2, 3)
    table = selectors.responses(aurinko).to_pyarrow()
    assert table["answer_ces"].null_count == 2


def test_comments_follow_their_response(aurinko: Organisation, survey: Source) -> None:
    response = answer(survey, 1, 9)
    Comment.objects.create(response=response, question="why", text="Kiitos – hyvä!")
    row = selectors.comments(aurinko).to_pyarrow().to_pylist()[0]
    assert (row["response"], row["text"], row["occurred_on"]) == (response.pk, "Kiitos – hyvä!", date(2026, 1, 1))


def test_observations_arrive(aurinko: Organisation) -> None:
    made = Observation.objects.create(
        organisation=aurinko, measure="queue", period=date(2026, 1, 5), value=0.0, n=10, grain="week"
    )
    changed(organisation=aurinko, table="observations", first_id=made.pk)
    row = selectors.observations(aurinko).to_pyarrow().to_pylist()[0]
    assert (row["measure"], row["period"], row["value"], row["n"]) == ("queue", date(2026, 1, 5), 0.0, 10)


def test_leaving_is_told_from_having_left(aurinko: Organisation) -> None:
    active = {1: True, 2: True, 3: False, 4: False}
    made = [
        Outcome.objects.create(organisation=aurinko, account="a", period=date(2026, 1 + 3 * (q - 1), 1), active=on)
        for q, on in active.items()
    ]
    changed(organisation=aurinko, table="outcomes", first_id=made[0].pk, last_id=made[-1].pk)
    rows = selectors.outcomes(aurinko).order_by("period").to_pyarrow()
    assert rows["churned"].to_pylist() == [None, 0.0, 1.0, None]


def test_any_sequence_of_writes_ends_in_what_the_ledger_says(
    aurinko: Organisation, survey: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "BLOCK", 7)
    chance = random.Random(5)
    for number in range(60):
        ids = list(Response.objects.values_list("pk", flat=True))
        deed = chance.choice(["add", "add", "add", "change", "remove", "look"])
        if deed == "add" or not ids:
            answer(survey, number, chance.randint(0, 10))
        elif deed == "look":
            assert told(aurinko) == ledger(aurinko)
        else:
            one = chance.choice(ids)
            if deed == "change":
                Response.objects.filter(pk=one).update(answers={"nps": chance.randint(0, 10)})
            else:
                Response.objects.filter(pk=one).delete()
            changed(organisation=aurinko, table="responses", first_id=one)
    incremental = told(aurinko)
    assert incremental == ledger(aurinko)
    snapshot.rebuild(aurinko.pk)
    assert told(aurinko) == incremental


def ledger(organisation: Organisation) -> dict[str, float]:
    return {r.external_id: float(r.answers["nps"]) for r in Response.objects.filter(organisation=organisation)}


def test_the_version_changes_only_when_the_data_does(aurinko: Organisation, survey: Source) -> None:
    answer(survey, 1, 9)
    before = selectors.data_version(aurinko)
    assert selectors.data_version(aurinko) == before
    answer(survey, 2, 9)
    assert selectors.data_version(aurinko) != before
    assert LedgerChange.objects.count() == 0


def test_organisations_do_not_see_each_other(aurinko: Organisation, strand: Organisation, survey: Source) -> None:
    answer(survey, 1, 9)
    assert selectors.responses(strand).count().execute() == 0


def test_purging_leaves_no_trace_of_a_removed_row(aurinko: Organisation, survey: Source, settings: Any) -> None:
    answer(survey, 1, 9, customer="SECRET-77")
    answer(survey, 2, 9)
    assert len(told(aurinko)) == 2
    gone = Response.objects.get(customer="SECRET-77")
    changed(organisation=aurinko, table="responses", first_id=gone.pk)
    gone.delete()
    snapshot.refresh(aurinko.pk, purge=True)
    assert told(aurinko) == {"r2": 9.0}
    files = list(Path(settings.SNAPSHOT_DIR).rglob("*.parquet"))
    assert len(files) == 1
    assert b"SECRET-77" not in files[0].read_bytes()


def test_a_lost_snapshot_is_made_again(aurinko: Organisation, survey: Source, settings: Any) -> None:
    answer(survey, 1, 9)
    assert told(aurinko) == {"r1": 9.0}
    for file in Path(settings.SNAPSHOT_DIR).rglob("*.*"):
        file.unlink()
    assert told(aurinko) == {"r1": 9.0}
