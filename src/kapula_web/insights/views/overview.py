"""The first page of an organisation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kapula_web.accounts.access import needs
from kapula_web.accounts.models import Organisation
from kapula_web.insights.pages.overview import overview_context


@needs("see")
def overview(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    return render(request, "insights/overview.html", overview_context(request.membership, timezone.localdate()))  # type: ignore[attr-defined]
