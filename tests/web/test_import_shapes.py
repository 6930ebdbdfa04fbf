"""The same promises for every shape of file: taken in once only, changed in place, taken back exactly, refused row by row."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from import_files import QUEUES, imported, received

from kapula.connectors.contract import Plan
from kapula_web.accounts.models import Organisation, User
from kapula_web.ledger.imports.correct import correct_row
from kapula_web.ledger.imports.undo import undo
from kapula_web.ledger.models import Comment, Event, Import, Observation, Outcome, RejectedRow, Response, RowVersion

pytestmark = pytest.mark.django_db

Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Shape:
    """``good``: a file that comes in whole. ``change``: (text, instead) that alters one of its rows. ``bad``: a line that cannot be
    taken in, its reason, and what its cell should have been. ``added``: the rows that come of ``good``."""

    good: str
    change: tuple[str, str]
    bad: str
    reason: tuple[str, str, str]
    mended: str
    added: int


SHAPES = {
    "long": Shape(
        "Vastaaja-ID;Pvm;Kysymys;Vastaus\nR1;1.3.2026;Suosittelu;9\nR1;1.3.2026;Miksi?;Nopea palvelu\n"
        "R2;2.3.2026;Suosittelu;0\nR2;2.3.2026;Miksi?;Jonotin tunnin\nR3;3.3.2026;Suosittelu;7\n",
        ("R2;2.3.2026;Suosittelu;0", "R2;2.3.2026;Suosittelu;4"),
        "R4;31.2.2026;Suosittelu;8\n", ("Pvm", "not_a_date", "31.2.2026"), "28.2.2026", 3,
    ),
    "observations": Shape(
        QUEUES, ("6,25", "7,5"),
        "jonoaika;Puhelin;2026-W12;pitkä;99\n", ("Arvo", "not_a_number", "pitkä"), "5,5", 2,
    ),
    "events": Shape(
        "Tapahtuma-ID;Asiakas;Tapahtuma;Aikaleima;Kohtaamispiste\nE1;C1;osto;2026-03-01 10:00;Verkko\n"
        "E2;C1;reklamaatio;2026-03-02 11:30;Puhelin\nE3;C2;osto;2026-03-03 09:00;Verkko\n",
        ("E2;C1;reklamaatio", "E2;C1;peruutus"),
        "E4;C3;osto;2026-02-31 10:00;Verkko\n", ("Aikaleima", "not_a_date", "2026-02-31 10:00"),
        "2026-02-28 10:00", 3,
    ),
    "outcomes": Shape(
        "Asiakasnumero;Kuukausi;Laskutus;Aktiivinen\nC1;2026-01;100,50;kyllä\nC1;2026-02;0;ei\nC2;2026-01;80;kyllä\n",
        ("C1;2026-02;0;ei", "C1;2026-02;95,25;kyllä"),
        "C3;2026-01;paljon;kyllä\n", ("Laskutus", "not_a_number", "paljon"), "70", 3,
    ),
}  # fmt: skip
EVERY = pytest.mark.parametrize("shape", SHAPES)

FIELDS = {
    Response: ("source", "external_id", "customer", "touchpoint__code", "occurred_at", "answers", "attributes"),
    Observation: ("measure", "touchpoint__code", "team__code", "period", "grain", "value", "n"),
    Event: ("external_id", "customer", "account", "kind", "touchpoint__code", "occurred_at", "attributes"),
    Outcome: ("customer", "account", "period", "grain", "revenue", "active", "attributes"),
}


def everything(organisation: Organisation) -> Rows:
    """All the ledger says, in all its tables, but for the ids of comments."""
    rows: Rows = []
    for table, fields in FIELDS.items():
        rows += table.objects.filter(organisation=organisation).order_by("id").values_list("id", *fields)
    comments = Comment.objects.filter(response__organisation=organisation).order_by("response", "question")
    return rows + list(comments.values_list("response", "question", "text"))


def counts(run: Import) -> tuple[str, int, int, int, int]:
    return (run.state, run.added, run.updated, run.unchanged, run.rejected)


@EVERY
def test_the_file_is_recognised_and_comes_in_as_suggested(aurinko: Organisation, shape: str) -> None:
    run = imported(aurinko, SHAPES[shape].good)
    assert run.plan["shape"] == shape
    assert counts(run) == (Import.State.DONE, SHAPES[shape].added, 0, 0, 0)


@EVERY
def test_the_same_file_again_adds_nothing(aurinko: Organisation, shape: str) -> None:
    imported(aurinko, SHAPES[shape].good)
    before = everything(aurinko)
    again = imported(aurinko, SHAPES[shape].good)
    assert counts(again) == (Import.State.DONE, 0, 0, SHAPES[shape].added, 0)
    assert everything(aurinko) == before
    assert not RowVersion.objects.exists()


@EVERY
def test_a_changed_row_is_changed_in_place_and_undone_exactly(aurinko: Organisation, anna: User, shape: str) -> None:
    told = SHAPES[shape]
    first = imported(aurinko, told.good)
    before = everything(aurinko)
    run = imported(aurinko, told.good.replace(*told.change))
    assert counts(run) == (Import.State.DONE, 0, 1, told.added - 1, 0)
    assert everything(aurinko) != before

    undo(run=run, actor=anna)
    assert everything(aurinko) == before
    undo(run=first, actor=anna)
    assert everything(aurinko) == []


@EVERY
def test_a_refused_row_waits_with_its_reason_and_comes_in_when_mended(
    aurinko: Organisation, anna: User, shape: str
) -> None:
    told = SHAPES[shape]
    agreed = Plan.from_dict(received(aurinko, told.good).plan)
    run = imported(aurinko, told.good + told.bad, plan=lambda _: agreed)
    assert counts(run) == (Import.State.DONE, told.added, 0, 0, 1)
    row = RejectedRow.objects.get()
    assert row.reasons == [list(told.reason)]

    column, _, wrong = told.reason
    correct_row(row=row, values=row.raw | {column: told.mended}, actor=anna)
    row.refresh_from_db()
    assert row.resolved_at is not None
    assert Import.objects.get(corrects=run).added == 1

    whole = imported(aurinko, told.good + told.bad.replace(wrong, told.mended), plan=lambda _: agreed)
    assert counts(whole) == (Import.State.DONE, 0, 0, told.added + 1, 0)
