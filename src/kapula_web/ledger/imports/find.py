"""Reading about imports: what the pages show of sources, imports and their rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, QuerySet
from django.utils import timezone

from kapula.connectors.contract import ColumnPlan, Plan
from kapula_web.accounts.models import Organisation
from kapula_web.jobs.models import Job
from kapula_web.ledger.imports.holdings import Holding, holdings, span
from kapula_web.ledger.models import Import, Question, Source

STALE_AFTER: Final = timedelta(days=92)
"""A source that has said nothing for a quarter of a year is called old."""

_LIVE: Final = (Job.State.QUEUED, Job.State.RUNNING)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as the home page shows it. ``held``: what it has brought; ``rejected``: rows waiting for a correction; ``stale``:
    nothing has come for a quarter of a year."""

    source: Source
    held: list[Holding]
    rejected: int
    stale: bool

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day its rows tell of."""
        return span(self.held)


def sources_of(organisation: Organisation) -> list[SourceRow]:
    """The sources, the latest first."""
    sources = Source.objects.filter(organisation=organisation)
    held = holdings(organisation)
    waiting = _waiting(organisation)
    old = timezone.now() - STALE_AFTER
    found = [
        SourceRow(
            source,
            held.get(source.pk, []),
            waiting.get(source.pk, 0),
            source.last_received_at is not None and source.last_received_at < old,
        )
        for source in sources
    ]
    return sorted(found, key=lambda row: (row.source.last_received_at is None, -_seconds(row.source)))


def unfinished(organisation: Organisation) -> QuerySet[Import]:
    """Imports that wait for a person, or are under way."""
    states = (Import.State.MAPPING, Import.State.FAILED, Import.State.QUEUED, Import.State.RUNNING)
    return Import.objects.filter(organisation=organisation, state__in=states).select_related("source")


def same_file(run: Import) -> Import | None:
    """An earlier finished import of the very same file from the same source."""
    earlier = Import.objects.filter(source=run.source_id, checksum=run.checksum, state=Import.State.DONE)
    return earlier.exclude(pk=run.pk).exclude(checksum="").first()


def is_cut_off(run: Import) -> bool:
    """Whether the import says it is under way but no work waits or runs for it: its process was stopped."""
    if run.state not in (Import.State.QUEUED, Import.State.RUNNING):
        return False
    return not Job.objects.filter(key=f"import:{run.pk}", state__in=_LIVE).exists()


def remembered(source: Source) -> list[ColumnPlan]:
    """The columns of the remembered mapping that are brought in."""
    if not source.plan:
        return []
    return [column for column in Plan.from_dict(source.plan).columns if column.role != "ignore"]


def fed_questions(run: Import) -> QuerySet[Question]:
    """The questions that the import's file answers."""
    plan = Plan.from_dict(run.plan)
    planned = {column.question for column in (*plan.role("score"), *plan.role("comment")) if column.question}
    told = Question.objects.filter(organisation=run.organisation_id, versions__import_run=run)
    return (
        (Question.objects.filter(organisation=run.organisation_id, code__in=planned) | told).distinct().order_by("pk")
    )


def _waiting(organisation: Organisation) -> dict[int, int]:
    done = Import.objects.filter(organisation=organisation, state=Import.State.DONE, rejected_rows__resolved_at=None)
    return dict(done.values_list("source").annotate(Count("rejected_rows")).order_by())


def _seconds(source: Source) -> float:
    return source.last_received_at.timestamp() if source.last_received_at else 0.0
