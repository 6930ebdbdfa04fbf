"""Background work: asked for once, tried again, given up in the open, never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from kapula.errors import ParameterError
from kapula_web.accounts.models import Organisation
from kapula_web.jobs import services
from kapula_web.jobs.models import Job
from kapula_web.jobs.registry import KINDS, Progress, background

pytestmark = pytest.mark.django_db


class Clock:
    """Time as the test wants it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What the work of these tests did, in order; its kinds are forgotten afterwards."""
    before = set(KINDS)
    done: list[str] = []

    @background("test.greet")
    def greet(progress: Progress, *, name: str) -> dict[str, Any]:
        progress.report(1, 1)
        done.append(name)
        return {"said": name}

    @background("test.stumble", attempts=3, wait=10)
    def stumble(progress: Progress, *, times: int) -> dict[str, Any]:
        done.append("tried")
        if done.count("tried") <= times:
            raise RuntimeError("the disk is full")
        return {}

    @background("test.refuse")
    def refuse(progress: Progress) -> dict[str, Any]:
        done.append("refused")
        raise ParameterError("No such week.", parameter="week")

    yield done
    for name in set(KINDS) - before:
        del KINDS[name]


def test_work_is_handed_over_when_the_transaction_commits(
    aurinko: Organisation, told: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        services.enqueue(organisation=aurinko, kind="test.greet", name="Aino")
        assert DBTaskResult.objects.count() == 0
    assert DBTaskResult.objects.count() == 1
    assert told == []


def test_work_runs_and_keeps_its_result(aurinko: Organisation, told: list[str], clock: Clock) -> None:
    asked = services.enqueue(organisation=aurinko, kind="test.greet", name="Aino")
    (job,) = services.run_due(clock=clock)
    assert (job.pk, job.state, job.result, job.attempts) == (asked.pk, "done", {"said": "Aino"}, 1)
    assert services.run(asked.pk, clock=clock) is None, "a job is never run twice"
    assert told == ["Aino"]


def test_the_same_key_waits_only_once(aurinko: Organisation, told: list[str]) -> None:
    first = services.enqueue(organisation=aurinko, kind="test.greet", key="greet:1", name="Aino")
    assert services.enqueue(organisation=aurinko, kind="test.greet", key="greet:1", name="Eino") == first
    services.run_due()
    assert services.enqueue(organisation=aurinko, kind="test.greet", key="greet:1", name="Eino") != first


def test_the_unexpected_is_tried_again_with_growing_waits(aurinko: Organisation, told: list[str], clock: Clock) -> None:
    job = services.enqueue(organisation=aurinko, kind="test.stumble", times=2)
    waits = []
    while job.state == Job.State.QUEUED:
        services.run_due(clock=clock)
        job.refresh_from_db()
        if job.run_after and job.state == Job.State.QUEUED:
            waits.append((job.run_after - clock()).total_seconds())
            assert services.run(job.pk, clock=clock) is None, "not before its time"
            clock.now = job.run_after
    assert waits == [10, 20]
    assert (job.state, job.attempts, job.error) == ("done", 3, {})


def test_after_the_last_attempt_it_has_failed_in_the_open(aurinko: Organisation, told: list[str], clock: Clock) -> None:
    job = services.enqueue(organisation=aurinko, kind="test.stumble", times=9)
    for _ in range(5):
        services.run_due(clock=clock)
        clock.forward(minutes=5)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 3)
    assert job.error == {"code": "unexpected", "message": "RuntimeError"}  # not its words: they may be a customer's


def test_what_is_refused_on_purpose_is_not_tried_again(aurinko: Organisation, told: list[str], clock: Clock) -> None:
    services.enqueue(organisation=aurinko, kind="test.refuse")
    (job,) = services.run_due(clock=clock)
    assert (job.state, job.error["code"], job.error["context"]) == ("failed", "parameter", {"parameter": "week"})


def test_a_waiting_job_can_be_taken_back(aurinko: Organisation, told: list[str]) -> None:
    job = services.enqueue(organisation=aurinko, kind="test.greet", name="Aino")
    assert services.cancel(job=job).state == Job.State.CANCELLED
    assert services.run_due() == []
    assert told == []


def test_a_running_job_stops_at_its_next_report(aurinko: Organisation, told: list[str]) -> None:
    @background("test.long")
    def long(progress: Progress) -> dict[str, Any]:
        Job.objects.update(state=Job.State.CANCELLED)  # a person presses the button meanwhile
        progress.report(5, 5)
        told.append("went on")
        return {}

    services.enqueue(organisation=aurinko, kind="test.long")
    (job,) = services.run_due()
    assert job.state == Job.State.CANCELLED
    assert told == []


def test_what_a_killed_process_left_is_picked_up(aurinko: Organisation, told: list[str], clock: Clock) -> None:
    job = services.enqueue(organisation=aurinko, kind="test.greet", name="Aino")
    Job.objects.update(state=Job.State.RUNNING, attempts=1, beat_at=clock() - timedelta(seconds=30))
    assert services.recover(now=clock()) == 0, "it may still be alive"
    clock.forward(minutes=2)
    assert services.recover(now=clock()) == 1
    clock.forward(minutes=1)
    services.run_due(clock=clock)
    job.refresh_from_db()
    assert (job.state, job.attempts, told) == ("done", 2, ["Aino"])


def test_a_schedule_always_has_its_next_run_waiting(told: list[str], clock: Clock) -> None:
    @background("test.nightly", every=3600)
    def nightly(progress: Progress) -> dict[str, Any]:
        told.append("ran")
        return {}

    services.keep_schedules(now=clock())
    services.keep_schedules(now=clock())
    waiting = Job.objects.filter(kind="test.nightly")
    assert waiting.count() == 1
    services.run(waiting.get().pk, clock=clock)
    following = waiting.get(state=Job.State.QUEUED)
    assert following.run_after == clock() + timedelta(hours=1)


def test_an_unknown_kind_is_named(aurinko: Organisation) -> None:
    with pytest.raises(ValueError, match=r"test\.nothing"):
        services.enqueue(organisation=aurinko, kind="test.nothing")
