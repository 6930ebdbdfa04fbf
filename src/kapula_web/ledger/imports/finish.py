"""The one transaction in which an import becomes part of the ledger."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from kapula.connectors.contract import Plan
from kapula_web.accounts.audit import record
from kapula_web.jobs.registry import Cancelled
from kapula_web.ledger.imports import declare
from kapula_web.ledger.imports.compare import Coverage, compare, coverage
from kapula_web.ledger.imports.dialect import dialect, execute
from kapula_web.ledger.imports.stage import Stage
from kapula_web.ledger.imports.write import Written, write
from kapula_web.ledger.models import Import, Source


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did. ``repeated``: rows left out because the file says exactly the same twice."""

    import_id: int
    added: int
    updated: int
    unchanged: int
    rejected: int
    repeated: int = 0

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def outcome_of(run: Import) -> Outcome:
    return Outcome(run.pk, run.added, run.updated, run.unchanged, run.rejected)


def finish(run: Import, stage: Stage, plan: Plan) -> Outcome:
    """Staged rows → ledger, all or none."""
    found = coverage(stage.target, plan, organisation=run.organisation_id, source=run.source_id, merging=stage.merging)
    looked_at = timezone.now()
    if stage.merging:
        compare(found)
    with dialect().long_write():
        now = timezone.now()
        _lock(run)
        if _others_finished(run, looked_at):
            compare(found)
        _declare(run, stage, found, plan)
        written = write(found, import_id=run.pk, organisation=run.organisation, now=now)
        _keep_rejected(run)
        _resolve(run, stage, now)
        _close(run, stage, written, now)
    return Outcome(run.pk, written.added, written.updated, written.unchanged, stage.rejected, stage.repeated)


def _lock(run: Import) -> None:
    """The source belongs to this import until the end; an import that was taken out of the queue meanwhile stops here."""
    Source.objects.select_for_update().get(pk=run.source_id)
    if not Import.objects.select_for_update().filter(pk=run.pk, state=Import.State.RUNNING).exists():
        raise Cancelled


def _others_finished(run: Import, since: datetime) -> bool:
    """Whether the comparison may have been overtaken."""
    others = Import.objects.filter(organisation_id=run.organisation_id).exclude(pk=run.pk)
    return others.filter(finished_at__gte=since).exists() or others.filter(undone_at__gte=since).exists()


def _declare(run: Import, stage: Stage, found: Coverage, plan: Plan) -> None:
    if not stage.rows or stage.first_day is None or stage.last_day is None:
        return
    declare.declare_units(run.organisation, [column.name for column in stage.target.columns])
    if stage.target.table != "responses":
        return
    declare.declare_attributes(run.organisation, stage.attributes)
    questions = declare.declared_by(plan, stage.questions, found.comments)
    declare.declare_questions(run, questions, stage.first_day, stage.last_day)


def _keep_rejected(run: Import) -> None:
    json = "::jsonb" if connection.vendor == "postgresql" else ""
    execute(
        "INSERT INTO ledger_rejectedrow (import_run_id, number, raw, reasons, external_id) "
        f"SELECT %(run)s, number, raw{json}, reasons{json}, external_id FROM stage_rejected ORDER BY number",
        run=run.pk,
    )


def _resolve(run: Import, stage: Stage, now: datetime) -> None:
    """The rows of the corrected import that came in now are no longer asked about."""
    if run.corrects_id is None:
        return
    name = "external_id" if "external_id" in stage.target.key else "file_id"
    execute(
        "UPDATE ledger_rejectedrow SET resolved_at = %(now)s WHERE import_run_id = %(parent)s AND resolved_at IS NULL "
        f"AND external_id <> '' AND external_id IN (SELECT {name} FROM stage_rows)",
        now=now,
        parent=run.corrects_id,
    )


def _close(run: Import, stage: Stage, written: Written, now: datetime) -> None:
    counts = {
        "added": written.added,
        "updated": written.updated,
        "unchanged": written.unchanged + stage.repeated,
        "rejected": stage.rejected,
    }
    Import.objects.filter(pk=run.pk).update(
        state=Import.State.DONE, finished_at=now, done=run.total, error={}, mended=stage.mended, **counts
    )
    Source.objects.filter(pk=run.source_id).update(last_received_at=now)
    record(
        organisation=run.organisation,
        actor=run.created_by,
        action="import.finished",
        about=run,
        file=run.file_name,
        **counts,
    )
