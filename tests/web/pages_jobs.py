"""Pages of background work."""

from __future__ import annotations

from typing import Any

from pages import Page

from kapula_web.accounts.models import Organisation, User
from kapula_web.jobs.models import Job
from kapula_web.jobs.registry import KINDS, background


def a_job(organisation: Organisation) -> dict[str, Any]:
    """One that Rauno, who may do the least, has asked for: so everyone who may see may also stop their own."""
    if "pages.count" not in KINDS:
        background("pages.count", label="Laskenta")(lambda progress: {})
    asked = User.objects.filter(email="rauno@aurinko.example").first()
    return {
        "job_id": Job.objects.create(
            organisation=organisation, kind="pages.count", state="running", total=10, requested_by=asked
        ).pk
    }


PAGES = [
    Page("jobs:jobs", "see"),
    Page("jobs:job", "see", make=a_job, looks=False),
    Page("jobs:cancel", "see", make=a_job, method="POST"),
]
