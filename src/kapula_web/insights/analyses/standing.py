"""Where a question stands: asked, running, answered, failed or cancelled, and the newest answer there is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from kapula_web.insights.analyses.questions import Question
from kapula_web.insights.models import AnalysisRun
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
