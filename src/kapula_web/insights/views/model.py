"""The measurement model's pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kapula_web.accounts.access import needs
from kapula_web.accounts.models import Organisation


@needs("see")
def model(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    return HttpResponse("")


@needs("model")
def change(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    return HttpResponse("")
