"""Asking a question: the kept answer, or work in the background that will give it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from kapula_web.accounts.models import User
from kapula_web.insights.analyses.questions import Question
from kapula_web.insights.models import AnalysisRun
from kapula_web.jobs import services
from kapula_web.jobs.models import Job
from kapula_web.jobs.registry import KINDS
from kapula_web.jobs.selectors import WAITING
from kapula_web.kit import dates
from kapula_web.kit.errors import worded

ASKED, AHEAD = "insights.analysis", "insights.analysis_ahead"
"""Kinds of background work: asked for by a person, who may cancel it; and computed ahead, after everything else."""

NEW, RUNNING, READY, FAILED, CANCELLED = "new", "running", "ready", "failed", "cancelled"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands. ``run``: of this version of the data. ``latest``: the newest answer there is, of this version or an
    earlier one."""

    state: str
    run: AnalysisRun | None
    latest: AnalysisRun | None

    @property
    def job(self) -> Job | None:
        return self.run.job if self.run else None

    @property
    def outdated(self) -> str:
        """When the newest answer was made, if it is of earlier data than today's."""
        old = self.latest is not None and self.latest is not self.run
        return dates.moment(self.latest.made_at) if old and self.latest is not None else ""

    @property
    def problem(self) -> str:
        """Why there is no answer, in words; empty unless it failed."""
        if self.state != FAILED:
            return ""
        if self.run is not None and self.run.error:
            return worded(self.run.error["code"], self.run.error["context"])
        return gettext("Laskenta keskeytyi yllättäen. Yritä uudelleen.")

    @property
    def may_cancel(self) -> bool:
        """Whether it is work somebody asked for: what is computed ahead is nobody's to cancel."""
        return self.job is not None and bool(KINDS[self.job.kind].label)


def standing(question: Question) -> Standing:
    """Where the question stands; asks for nothing."""
    same = AnalysisRun.objects.filter(
        organisation=question.data.organisation, analysis=question.page.name, same=question.same
    ).select_related("job")
    runs = list(same.order_by("-made_at", "-pk"))
    run = next((one for one in runs if one.key == question.key), None)
    answered = [one for one in runs if one.found is not None and one.made_with == question.made_with]
    latest = run if run is not None and run.found is not None else next(iter(answered), None)
    return Standing(_state(run), run, latest)


def ask(question: Question, person: User | None) -> Standing:
    """The same, after asking for an answer nobody has asked for. What failed or was cancelled is not asked again by itself."""
    found = standing(question)
    waits_ahead = found.state == RUNNING and found.job is not None and _waits_ahead(found.job)
    if found.state == NEW or (person is not None and waits_ahead):
        try:
            return ask_again(question, person)
        except IntegrityError:  # somebody else asked the same at this very moment
            return standing(question)
    return found


def ask_again(question: Question, person: User | None, *, kind: str = "") -> Standing:
    """Ask now, whatever became of it before."""
    with transaction.atomic():
        run, _ = AnalysisRun.objects.get_or_create(
            organisation=question.data.organisation,
            analysis=question.page.name,
            key=question.key,
            defaults={
                "same": question.same,
                "chosen": question.chosen,
                "version": question.data.desk.snapshot.version,
                "made_with": question.made_with,
            },
        )
        if run.job is not None and _waits_ahead(run.job):
            services.cancel(job=run.job)
        run.job = services.enqueue(
            organisation=question.data.organisation,
            kind=kind or ASKED,
            key=f"analysis:{run.pk}",
            requested_by=person,
            run_id=run.pk,
            analysis=question.page.name,
        )
        run.error, run.requested_by = {}, person
        run.save(update_fields=["job", "error", "requested_by"])
    return standing(question)


def _waits_ahead(job: Job) -> bool:
    return job.kind == AHEAD and job.state == Job.State.QUEUED


def _state(run: AnalysisRun | None) -> str:
    if run is None:
        return NEW
    if run.found is not None:
        return READY
    if run.error:
        return FAILED
    if run.job is None:
        return NEW
    if run.job.state in WAITING:
        return RUNNING
    return {Job.State.CANCELLED: CANCELLED, Job.State.FAILED: FAILED}.get(Job.State(run.job.state), NEW)
