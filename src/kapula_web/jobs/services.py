"""Asking for background work, running it, trying again, and giving up in the open.

The queue itself is django-tasks' database backend. A :class:`~kapula_web.jobs.models.Job` is the thin layer on top: retries with
growing waits, schedules, progress people can see, cancelling, and picking up again what a killed process left behind.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from kapula.errors import KapulaError
from kapula_web.accounts.models import Organisation, User
from kapula_web.jobs.models import Job
from kapula_web.jobs.registry import KINDS, Cancelled, Kind, Later

SILENT_AFTER: Final = timedelta(seconds=60)
"""A running job that has not reported for this long was cut off; `recover` queues it again."""

FORGOTTEN_AFTER: Final = timedelta(minutes=10)
"""A waiting job that was handed to the queue this long ago, and is due, is handed over once more: running twice is impossible."""

_log = logging.getLogger(__name__)
_WAITING: Final = (Job.State.QUEUED, Job.State.RUNNING)


def enqueue(
    *,
    organisation: Organisation | None,
    kind: str,
    key: str = "",
    requested_by: User | None = None,
    run_after: datetime | None = None,
    **arguments: Any,
) -> Job:
    """Ask for background work; it starts once the surrounding transaction has committed.

    ``kind``: a registered kind (jobs/registry.py). ``key``: while a job of that key waits or runs, it is returned and no second is
    made. ``arguments``: plain JSON, given to the work by name.
    """
    if kind not in KINDS:
        raise ValueError(f"No background work is registered as {kind!r}; there are {', '.join(sorted(KINDS))}.")
    with transaction.atomic():
        job = Job(
            organisation=organisation,
            kind=kind,
            key=key,
            requested_by=requested_by,
            run_after=run_after,
            arguments=arguments,
        )
        if (waiting := _saved(job)) is not None:
            return waiting
        transaction.on_commit(lambda: _hand_over(job))
    return job


def _saved(job: Job) -> Job | None:
    """None when it is; else the one of its key that waits or runs already. In PostgreSQL another may be just being asked for: it is waited
    for, and when it is there this one cannot be."""
    same = Job.objects.filter(key=job.key, state__in=_WAITING)
    if job.key and (waiting := same.first()):
        return waiting
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        if not job.key or (waiting := same.first()) is None:
            raise
        return waiting
    return None


def cancel(*, job: Job) -> Job:
    """Take back a waiting job; a running one stops at its next report."""
    Job.objects.filter(pk=job.pk, state__in=_WAITING).update(state=Job.State.CANCELLED, finished_at=timezone.now())
    job.refresh_from_db()
    return job


def run(job_id: int, *, clock: Callable[[], datetime] = timezone.now) -> Job | None:
    """Run one job if it is still due: None when another worker has it, or it was cancelled, or its time has not come."""
    now = clock()
    due = Q(run_after=None) | Q(run_after__lte=now)
    claimed = Job.objects.filter(due, pk=job_id, state=Job.State.QUEUED).update(state=Job.State.RUNNING, beat_at=now)
    if not claimed:
        return None
    Job.objects.filter(pk=job_id).update(attempts=F("attempts") + 1)
    job = Job.objects.get(pk=job_id)
    ended = _carry_out(job, clock)
    if ended.finished_at is not None:
        keep_schedules(now=clock())
    return ended


def _carry_out(job: Job, clock: Callable[[], datetime]) -> Job:
    try:
        result = KINDS[job.kind].run(_Progress(job.pk, clock), **job.arguments)
    except Cancelled:
        return cancel(job=job)
    except Later:
        return _give_way(job)
    except Exception as error:
        return _after_failure(job, error, clock())
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
        state=Job.State.DONE, result=result, finished_at=clock(), error={}
    )
    job.refresh_from_db()
    return job


def _give_way(job: Job) -> Job:
    """Back to the end of the queue of its priority; unless it was cancelled meanwhile."""
    still = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)
    if still.update(state=Job.State.QUEUED, attempts=0, run_after=None):
        _hand_over(job)
    job.refresh_from_db()
    return job


def run_due(*, clock: Callable[[], datetime] = timezone.now) -> list[Job]:
    """Run, here and now, everything that was asked for and is due; a job that queues another has it run as well."""
    ran: list[Job] = []
    while True:
        due = Q(run_after=None) | Q(run_after__lte=clock())
        mine = Job.objects.filter(due, state=Job.State.QUEUED).exclude(key__startswith="every:")
        waiting = mine.order_by("pk").first()
        if waiting is None:
            return ran
        if job := run(waiting.pk, clock=clock):
            ran.append(job)


def recover(*, now: datetime | None = None, everything: bool = False) -> int:
    """Queue again what a killed process left running or never handed over. ``everything``: at start-up of the only worker."""
    now = now or timezone.now()
    cut_off = Job.objects.filter(state=Job.State.RUNNING)
    if not everything:
        cut_off = cut_off.filter(beat_at__lt=now - SILENT_AFTER)
    lost = [job for job in cut_off if _after_cut(job, now).state == Job.State.QUEUED]
    never = Q(beat_at=None, created_at__lt=now - FORGOTTEN_AFTER) | Q(beat_at__lt=now - FORGOTTEN_AFTER)
    due = Q(run_after=None) | Q(run_after__lt=now - FORGOTTEN_AFTER)
    overdue = Job.objects.filter(never, due, state=Job.State.QUEUED)
    again = {job.pk: job for job in (*lost, *overdue)}
    for job in again.values():
        _hand_over(job)
    return len(again)


def keep_schedules(*, now: datetime | None = None) -> None:
    """See to it that every scheduled kind has its next run waiting."""
    now = now or timezone.now()
    for kind in KINDS.values():
        if kind.every is None:
            continue
        last = Job.objects.filter(kind=kind.name).exclude(finished_at=None).order_by("-finished_at").first()
        following = (
            now if last is None or last.finished_at is None else last.finished_at + timedelta(seconds=kind.every)
        )
        enqueue(organisation=None, kind=kind.name, key=f"every:{kind.name}", run_after=max(now, following))


def _hand_over(job: Job) -> None:
    from kapula_web.jobs.tasks import run_job  # the queue imports models; models must not import the queue

    queued = run_job.using(priority=KINDS[job.kind].priority) if job.kind in KINDS else run_job
    queued = queued if job.run_after is None else queued.using(run_after=job.run_after)
    queued.enqueue(job.pk)
    Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(beat_at=timezone.now())


def _after_failure(job: Job, error: Exception, now: datetime) -> Job:
    expected = isinstance(error, KapulaError)
    if not expected:
        _log.exception("Job %s (%s) failed on attempt %s", job.pk, job.kind, job.attempts)
    # Of what nobody foresaw only its kind is kept: its message may quote a customer's words. The log has it.
    kind = type(error).__name__
    told = error.to_dict() if isinstance(error, KapulaError) else {"code": "unexpected", "message": kind}
    # What Kapula refuses on purpose will be refused again: only the unexpected is tried again.
    return _again_or_never(job, told, now, may_retry=not expected)


def _after_cut(job: Job, now: datetime) -> Job:
    return _again_or_never(job, {"code": "interrupted", "message": "The process was stopped."}, now, may_retry=True)


def _again_or_never(job: Job, told: dict[str, Any], now: datetime, *, may_retry: bool) -> Job:
    kind: Kind | None = KINDS.get(job.kind)
    if may_retry and kind is not None and job.attempts < kind.attempts:
        job.run_after = now + timedelta(seconds=kind.wait * 2 ** max(job.attempts - 1, 0))
        job.state = Job.State.QUEUED
    else:
        job.state, job.finished_at = Job.State.FAILED, now
    job.error = told
    job.save(update_fields=["state", "run_after", "error", "finished_at"])
    if job.state == Job.State.QUEUED and told["code"] != "interrupted":
        _hand_over(job)
    return job


class _Progress:
    """Writes progress at most twice a second, so that reporting never costs more than the work."""

    def __init__(self, job_id: int, clock: Callable[[], datetime]) -> None:
        self.job_id, self.clock, self.last = job_id, clock, 0.0

    def report(self, done: int, total: int) -> None:
        if (at := time.monotonic()) - self.last < 0.5 and done < total:
            return
        self.last = at
        still = Job.objects.filter(pk=self.job_id, state=Job.State.RUNNING)
        if not still.update(done=done, total=total, beat_at=self.clock()):
            raise Cancelled
