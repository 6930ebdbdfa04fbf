"""The answers behind a figure, for those who may see them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kapula_web.accounts.access import needs
from kapula_web.accounts.models import Organisation
from kapula_web.insights.pages.rows import rows_context
from kapula_web.insights.views.measure import explained, reading_of


@needs("see_rows")
@explained
def rows(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    reading = reading_of(request, organisation, code)
    membership = request.membership  # type: ignore[attr-defined]
    return render(request, "insights/rows.html", rows_context(reading, request.GET.get("page", "1"), membership))
