"""What people see of the background work of their organisation."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kapula_web.accounts.models import Membership, Organisation
from kapula_web.jobs.models import Job
from kapula_web.jobs.registry import KINDS

WAITING = (Job.State.QUEUED, Job.State.RUNNING)


def shown(organisation: Organisation) -> QuerySet[Job]:
    """Jobs that have a name for people, newest first."""
    named = [kind.name for kind in KINDS.values() if kind.label]
    return Job.objects.filter(organisation=organisation, kind__in=named).select_related("requested_by")


def waiting_count(membership: Membership) -> int:
    return shown(membership.organisation).filter(state__in=WAITING).count()


def one(organisation: Organisation, job_id: int) -> Job:
    return get_object_or_404(shown(organisation), pk=job_id)
