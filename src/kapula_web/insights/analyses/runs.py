"""Asking a question: the kept answer, or work in the background that will give it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from kapula_web.accounts.models import User
from kapula_web.insights.analyses.questions import Question
from kapula_web.insights.analyses.standing import (
    AHEAD,
    ASKED,
    CANCELLED,
    FAILED,
    NEW,
    READY,
    RUNNING,
    Standing,
    standing,
)
from kapula_web.insights.models import AnalysisRun
from kapula_web.jobs import services
from kapula_web.jobs.models import Job

__all__ = [
    "AHEAD",
    "ASKED",
    "CANCELLED",
    "FAILED",
    "NEW",
    "READY",
    "RUNNING",
    "Standing",
    "ask",
    "ask_again",
    "standing",
]


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
