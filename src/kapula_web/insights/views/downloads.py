"""What is seen, to take along: tables and pictures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from kapula_web.accounts.access import needs
from kapula_web.accounts.models import Organisation
from kapula_web.insights.exports import PICTURES, TABLES
from kapula_web.insights.views.measure import explained, reading_of


@needs("see")
@explained
def table(request: HttpRequest, organisation: Organisation, code: str, kind: str) -> HttpResponse:
    if kind not in TABLES:
        raise Http404
    return TABLES[kind](reading_of(request, organisation, code))


@needs("see")
@explained
def picture(request: HttpRequest, organisation: Organisation, code: str, chart: str, kind: str) -> HttpResponse:
    if (chart, kind) not in PICTURES:
        raise Http404
    return PICTURES[chart, kind](reading_of(request, organisation, code))
