"""The explorer: a page, and what it shows as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from kapula_web.accounts.access import needs, signed_in
from kapula_web.accounts.audit import record
from kapula_web.accounts.models import Organisation
from kapula_web.texts.explorer import table
from kapula_web.texts.explorer.asking import ask
from kapula_web.texts.explorer.filters import Filters
from kapula_web.texts.explorer.page import context


@needs("see_rows")
def comments(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    view = ask(request.membership, Filters.read(request.GET))  # type: ignore[attr-defined]
    name = "texts/explorer/comments.html" if len(view.shelf) else "texts/explorer/none.html"
    return render(request, name, context(view, request.GET))


@require_POST
@needs("see_rows")
def download(request: HttpRequest, organisation: Organisation) -> StreamingHttpResponse:
    """By a button: it is written to the audit log, and opening an address changes nothing."""
    view = ask(request.membership, Filters.read(request.GET))  # type: ignore[attr-defined]
    record(
        organisation=organisation, actor=signed_in(request), action="comment.file_taken",
        count=len(view.chosen), query=view.filters.query(),
    )  # fmt: skip
    response = StreamingHttpResponse(table.rows(view), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kommentit.csv"'
    return response
