"""Rejected rows come back: corrected on the page or in a file, through the very same checks as the file itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from django.db import transaction
from django.utils import timezone

from kapula import connectors
from kapula.connectors.contract import ColumnPlan, Peek, Plan
from kapula.connectors.naming import name_key
from kapula.errors import SourceError
from kapula_web.accounts.audit import record
from kapula_web.accounts.models import User
from kapula_web.ledger import snapshot
from kapula_web.ledger.imports import files, mapping
from kapula_web.ledger.imports.declare import known_codes
from kapula_web.ledger.imports.errors import StillRejected, WrongState
from kapula_web.ledger.imports.finish import Outcome, finish
from kapula_web.ledger.imports.run import STEPS, TABLE_OF_SHAPE, queue
from kapula_web.ledger.imports.stage import Stage
from kapula_web.ledger.imports.targets import TARGETS
from kapula_web.ledger.models import Import, RejectedRow

IDENTITY: Final = "Kapula: rivin tunniste"
REASONS: Final = "Kapula: syy"
"""Columns that the file of rejected rows has beside the original ones; the reader knows them again."""


def correct_row(*, row: RejectedRow, values: Mapping[str, str], actor: User | None) -> Outcome:
    """Take in one corrected row. Raises :class:`StillRejected` with the reasons that remain; then nothing has changed."""
    parent = row.import_run
    plan = Plan.from_dict(parent.plan)
    batch = connectors.read_rows([dict(values)], plan, [row.external_id], parent.file_name)
    if batch.rejected:
        reasons = [list(reason) for reason in batch.rejected[0].reasons]
        raise StillRejected("The row is still refused.", hint="Correct the marked cells.", reasons=reasons)
    run = _correction_of(parent, plan, actor, state=Import.State.RUNNING, started_at=timezone.now(), total=STEPS)
    target = TARGETS[TABLE_OF_SHAPE[plan.shape]]
    try:
        with Stage(target, merging=True, codes=known_codes(parent.organisation)) as stage:
            stage.add(batch)
            stage.ready()
            outcome = finish(run, stage, plan)
    except BaseException:
        run.delete()
        raise
    RejectedRow.objects.filter(pk=row.pk).update(resolved_at=timezone.now())
    snapshot.refresh(parent.organisation_id)
    return outcome


def set_aside(*, row: RejectedRow, actor: User | None) -> None:
    """The row will not be corrected: it is no longer asked about."""
    with transaction.atomic():
        RejectedRow.objects.filter(pk=row.pk, resolved_at=None).update(resolved_at=timezone.now())
        run = row.import_run
        record(organisation=run.organisation, actor=actor, action="import.row_set_aside", about=run, row=row.number)


def receive_corrections(*, parent: Import, name: str, chunks: Iterable[bytes], actor: User | None) -> Import:
    """A file of corrected rows: read by the parent's plan and queued at once. Raises ``SourceError`` or ``ImportRefused``."""
    if parent.state != Import.State.DONE:
        raise WrongState(f"The import is {parent.state}.", hint="Start a new one.", state=parent.state)
    stored = files.store(chunks, name=name, organisation_id=parent.organisation_id)
    try:
        found = connectors.peek(stored.path)
        plan = corrected_plan(Plan.from_dict(parent.plan), found)
        with transaction.atomic():
            run = _correction_of(
                parent,
                plan,
                actor,
                file_name=name[:255],
                stored_as=files.relative(stored.path),
                size=stored.size,
                checksum=stored.checksum,
                peek=mapping.peek_to_dict(found, mapping.Matching()),
                state=Import.State.QUEUED,
            )
            queue(run, actor)
    except BaseException as error:
        files.remove(stored.path)
        if isinstance(error, SourceError):
            error.context["file"] = name
        raise
    return run


def corrected_plan(plan: Plan, found: Peek) -> Plan:
    """The original plan on the columns of the corrected file; the row's own identity is in a column of ours."""
    by_key = {name_key(column.column): column for column in plan.columns}
    has_id = bool(plan.role("external_id"))
    columns = []
    for column in found.plan.columns:
        key = name_key(column.column)
        if key == name_key(IDENTITY) and not has_id:
            columns.append(ColumnPlan(column.column, "external_id"))
        elif key in by_key:
            columns.append(replace(by_key[key], column=column.column))
        else:
            columns.append(ColumnPlan(column.column, "ignore"))
    kept = {key: value for key, value in plan.options.items() if key in mapping.KEPT_OPTIONS}
    return Plan(found.plan.connector, plan.shape, tuple(columns), found.plan.options | kept)


def _correction_of(parent: Import, plan: Plan, actor: User | None, **values: object) -> Import:
    return Import.objects.create(
        **{
            "organisation": parent.organisation,
            "source": parent.source,
            "file_name": parent.file_name,
            "plan": plan.to_dict(),
            "corrects": parent,
            "created_by": actor,
        }
        | values
    )
