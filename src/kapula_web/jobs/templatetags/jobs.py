"""Words for background work."""

from __future__ import annotations

from django import template

from kapula_web.jobs.models import Job
from kapula_web.jobs.registry import KINDS

register = template.Library()


@register.simple_tag
def job_label(job: Job) -> str:
    """What people call the work; a kind that no longer exists keeps its code."""
    kind = KINDS.get(job.kind)
    return kind.told(job.arguments) if kind else job.kind
