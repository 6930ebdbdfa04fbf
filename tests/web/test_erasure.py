"""A person who asks to be forgotten is forgotten: in SQL, in kept versions and rejected rows, in files and in the snapshot."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kapula_web.accounts.models import AuditEntry, Organisation, User
from kapula_web.ledger import selectors
from kapula_web.ledger.changes import changed
from kapula_web.ledger.erasure import UnknownCustomerError, erase_customer
from kapula_web.ledger.models import (
    Comment,
    Event,
    Import,
    Outcome,
    RejectedRow,
    Response,
    RowVersion,
    Source,
    Touchpoint,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def ledger(aurinko: Organisation, settings: Any) -> Import:
    """Two customers, K-1 and K-2, with a trace of each wherever a trace can be."""
    source = Source.objects.create(organisation=aurinko, code="survey")
    phone = Touchpoint.objects.create(organisation=aurinko, code="phone")
    kept = Path(settings.IMPORT_DIR) / "a" / "file.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text("asiakas;nps\nK-1;9\nK-2;8\n")
    run = Import.objects.create(organisation=aurinko, source=source, file_name="file.csv", stored_as="a/file.csv")
    for customer in ("K-1", "K-2"):
        response = Response.objects.create(
            organisation=aurinko, source=source, external_id=customer, customer=customer, touchpoint=phone,
            occurred_at=NOON, received_at=NOON, answers={"nps": 9}, import_run=run,
        )  # fmt: skip
        Comment.objects.create(response=response, question="why", text=f"Olen {customer}")
        event = Event.objects.create(
            organisation=aurinko, external_id=f"e{customer}", customer=customer, kind="call", occurred_at=NOON
        )
        outcome = Outcome.objects.create(organisation=aurinko, customer=customer, period=date(2026, 1, 1), revenue=5)
        RowVersion.objects.create(import_run=run, table="responses", row=response.pk, before={"customer": customer})
        RejectedRow.objects.create(import_run=run, number=1, raw={"asiakas": f" {customer} "}, reasons=[])
        for table, row in (("responses", response), ("events", event), ("outcomes", outcome)):
            changed(organisation=aurinko, table=table, first_id=row.pk)
    selectors.current(aurinko)
    return run


def test_nothing_of_the_person_is_left_and_all_of_the_others_is(
    ledger: Import, aurinko: Organisation, olga: User, settings: Any
) -> None:
    erase_customer(organisation=aurinko, customer="K-1", actor=olga)
    for model in (Response, Event, Outcome):
        assert [row.customer for row in model._default_manager.all()] == ["K-2"]
    assert [c.text for c in Comment.objects.all()] == ["Olen K-2"]
    assert [v.before for v in RowVersion.objects.all()] == [{"customer": "K-2"}]
    assert [r.raw["asiakas"] for r in RejectedRow.objects.all()] == [" K-2 "]
    files = [f for f in Path(settings.DATA_DIR).rglob("*") if f.is_file()]
    assert files
    assert not any(b"K-1" in file.read_bytes() for file in files)
    assert selectors.responses(aurinko).to_pyarrow()["customer"].to_pylist() == ["K-2"]


def test_the_receipt_says_what_was_removed_and_what_it_touched(ledger: Import, aurinko: Organisation) -> None:
    receipt = erase_customer(organisation=aurinko, customer="K-1", actor=None).to_dict()
    assert receipt["removed"] == {
        "comments": 1, "kept_versions": 1, "rejected_rows": 1, "responses": 1, "events": 1, "outcomes": 1
    }  # fmt: skip
    assert (receipt["first_day"], receipt["touchpoints"], receipt["questions"]) == ("2026-03-02", ("phone",), ("nps",))


def test_the_log_says_that_it_was_done_and_not_to_whom(ledger: Import, aurinko: Organisation, olga: User) -> None:
    erase_customer(organisation=aurinko, customer="K-1", actor=olga)
    entry = AuditEntry.objects.get(action="customer.erased")
    assert entry.actor == olga
    assert "K-1" not in str(entry.details)


@pytest.mark.parametrize("customer", ["", "  ", "K-99"])
def test_an_unknown_customer_changes_nothing(ledger: Import, aurinko: Organisation, customer: str) -> None:
    with pytest.raises(UnknownCustomerError):
        erase_customer(organisation=aurinko, customer=customer, actor=None)
    assert Response.objects.count() == 2


def test_another_organisations_customer_is_not_touched(ledger: Import, strand: Organisation) -> None:
    with pytest.raises(UnknownCustomerError):
        erase_customer(organisation=strand, customer="K-1", actor=None)
    assert Response.objects.count() == 2
