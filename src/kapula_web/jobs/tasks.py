"""The one task of the queue: run a job."""

from __future__ import annotations

from django_tasks import task

from kapula_web.jobs import services


@task()
def run_job(job_id: int) -> str:
    job = services.run(job_id)
    return job.state if job else "not due"
