"""The pages of background work: what runs, how far it is, and how it ended."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from kapula_web.accounts.access import may, needs
from kapula_web.accounts.models import Organisation
from kapula_web.jobs import selectors, services

SHOWN = 50


@require_GET
@needs("see")
def jobs(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    found = list(selectors.shown(organisation)[:SHOWN])
    running = [job for job in found if job.state in selectors.WAITING]
    return render(
        request, "jobs/jobs.html", {"running": running, "ended": [job for job in found if job not in running]}
    )


@require_GET
@needs("see")
def job(request: HttpRequest, organisation: Organisation, job_id: int) -> HttpResponse:
    """One job as a fragment that asks for itself again while it runs."""
    return render(request, "jobs/_job.html", {"job": selectors.one(organisation, job_id)})


@require_POST
@needs("see")
def cancel(request: HttpRequest, organisation: Organisation, job_id: int) -> HttpResponse:
    """Whoever asked for the work may take it back, and so may those who manage the organisation. ``next``: the page to go back to."""
    found = selectors.one(organisation, job_id)
    mine = found.requested_by_id == request.user.pk
    if not (mine or may(request.membership, "manage")):  # type: ignore[attr-defined]
        raise PermissionDenied
    services.cancel(job=found)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect("jobs:jobs", organisation.slug)
