"""What the queue does for itself: picks up what was cut off, keeps the schedules, forgets what ended long ago."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kapula_web.jobs import services
from kapula_web.jobs.models import Job
from kapula_web.jobs.registry import Progress, background

KEEP: Final = timedelta(days=30)


@background("jobs.housekeeping", every=30)
def housekeeping(progress: Progress) -> dict[str, Any]:
    recovered = services.recover()
    ended = Job.objects.filter(finished_at__lt=timezone.now() - KEEP)
    forgotten, _ = ended.delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - timedelta(hours=1)).delete()
    Job.objects.filter(kind="jobs.housekeeping", finished_at__lt=timezone.now() - timedelta(hours=1)).delete()
    return {"recovered": recovered, "forgotten": forgotten}
