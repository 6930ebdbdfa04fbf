"""An import from queue to ledger: read, staged apart, compared, and moved in by one transaction."""

from __future__ import annotations

import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from kapula import connectors
from kapula.connectors.contract import Plan
from kapula.errors import KapulaError
from kapula_web.accounts.models import User
from kapula_web.jobs.models import Job
from kapula_web.jobs.registry import Cancelled, Progress, background
from kapula_web.jobs.services import enqueue
from kapula_web.ledger import snapshot
from kapula_web.ledger.imports import files
from kapula_web.ledger.imports.declare import known_codes
from kapula_web.ledger.imports.errors import WrongState
from kapula_web.ledger.imports.finish import Outcome, finish, outcome_of
from kapula_web.ledger.imports.stage import Stage
from kapula_web.ledger.imports.targets import TARGETS, Target
from kapula_web.ledger.models import Import, Source

TABLE_OF_SHAPE = {
    "wide": "responses",
    "long": "responses",
    "observations": "observations",
    "events": "events",
    "outcomes": "outcomes",
}
STEPS, READ = 1000, 700
"""Progress is told in thousandths, of which reading the file is so many; the rest is comparing and the one transaction."""

_MAY_START = (Import.State.QUEUED, Import.State.RUNNING, Import.State.FAILED)


def confirm(*, run: Import, plan: Plan, actor: User | None) -> Job:
    """The person agrees with the plan: it is remembered for the source and the import goes to the queue."""
    with transaction.atomic():
        run = Import.objects.select_for_update().select_related("organisation", "source").get(pk=run.pk)
        if run.state not in (Import.State.MAPPING, Import.State.FAILED):
            raise WrongState(f"The import is {run.state}.", hint="Start a new one.", state=run.state)
        files.path_of(run)
        run.plan, run.state, run.error = plan.to_dict(), Import.State.QUEUED, {}
        run.save(update_fields=["plan", "state", "error"])
        Source.objects.filter(pk=run.source_id).update(plan=run.plan, connector=plan.connector)
        return queue(run, actor)


def retry(*, run: Import, actor: User | None) -> Job:
    """Try a failed import, or one whose process was stopped, again with the plan it has."""
    with transaction.atomic():
        run = Import.objects.select_for_update().select_related("organisation", "source").get(pk=run.pk)
        if run.state not in _MAY_START:
            raise WrongState(f"The import is {run.state}.", hint="Start a new one.", state=run.state)
        files.path_of(run)
        run.state, run.error = Import.State.QUEUED, {}
        run.save(update_fields=["state", "error"])
        return queue(run, actor)


def queue(run: Import, actor: User | None) -> Job:
    return enqueue(
        organisation=run.organisation,
        kind="ledger.import",
        key=f"import:{run.pk}",
        requested_by=actor,
        import_id=run.pk,
    )


@background("ledger.import", attempts=3)
def carry_out(progress: Progress, *, import_id: int) -> dict[str, Any]:
    """Run the import. Its rows come in all at once; a stop at any moment leaves the ledger as it was."""
    run = _start(import_id)
    if run is None:  # it was done before the process that did it was stopped
        return outcome_of(Import.objects.get(pk=import_id)).to_dict()
    try:
        outcome = _carry_out(run, _Teller(run.pk, progress))
    except Cancelled:
        _end(run, Import.State.MAPPING, {})
        raise
    except KapulaError as error:
        _end(run, Import.State.FAILED, error.to_dict())
        raise
    except Exception as error:
        # Its kind alone, as of jobs: a database's message quotes the row it stumbled on. The log has it.
        _end(run, Import.State.FAILED, {"code": "unexpected", "message": type(error).__name__})
        raise
    snapshot.refresh(run.organisation_id)
    return outcome.to_dict()


def _carry_out(run: Import, teller: _Teller) -> Outcome:
    path, plan = files.path_of(run), Plan.from_dict(run.plan)
    target = TARGETS[TABLE_OF_SHAPE[plan.shape]]
    with Stage(target, merging=_has_rows(run, target), codes=known_codes(run.organisation)) as stage:
        for batch in connectors.read(path, plan):
            stage.add(batch)
            teller.report(READ * batch.done // max(batch.total, 1))
        stage.ready()
        return finish(run, stage, plan)


def _has_rows(run: Import, target: Target) -> bool:
    """Whether the file may meet rows that are there already."""
    from kapula_web.ledger.imports.dialect import fetch

    of_source = "AND source_id = %(source)s" if target.of_source else ""
    sql = f"SELECT 1 FROM {target.sql} WHERE organisation_id = %(organisation)s {of_source} LIMIT 1"
    return bool(fetch(sql, organisation=run.organisation_id, source=run.source_id))


def _start(import_id: int) -> Import | None:
    with transaction.atomic():
        run = Import.objects.select_for_update().select_related("organisation", "source").get(pk=import_id)
        if run.state not in _MAY_START:
            return None
        run.state, run.started_at, run.finished_at = Import.State.RUNNING, timezone.now(), None
        run.done, run.total, run.error = 0, STEPS, {}
        run.save(update_fields=["state", "started_at", "finished_at", "done", "total", "error"])
    return run


def _end(run: Import, state: str, error: dict[str, Any]) -> None:
    Import.objects.filter(pk=run.pk, state=Import.State.RUNNING).update(
        state=state, error=error, finished_at=timezone.now()
    )


class _Teller:
    """Tells the job and the import how far the work is, at most twice a second."""

    def __init__(self, run_id: int, progress: Progress) -> None:
        self.run_id, self.progress, self.last = run_id, progress, 0.0

    def report(self, done: int) -> None:
        self.progress.report(done, STEPS)
        if (at := time.monotonic()) - self.last < 0.5:
            return
        self.last = at
        Import.objects.filter(pk=self.run_id).update(done=done, total=STEPS)
