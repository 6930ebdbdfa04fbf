"""Rows that were not taken in: why, correcting them here or in a file, and letting them be."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kapula.errors import KapulaError
from kapula_web.accounts.access import needs
from kapula_web.accounts.models import Organisation
from kapula_web.kit import codes, toasts
from kapula_web.ledger import access
from kapula_web.ledger.forms.upload import FileForm
from kapula_web.ledger.imports import correct, rejected_file
from kapula_web.ledger.imports.errors import StillRejected
from kapula_web.ledger.models import Import, RejectedRow

A_PAGE = 20
CELLS = "cell-"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@needs("import")
def rows(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponse:
    return _page(request, access.import_of(organisation, import_id), FileForm())


@require_POST
@needs("import")
def row(request: HttpRequest, organisation: Organisation, import_id: int, row_id: int) -> HttpResponse:
    """A row corrected on the page."""
    found = access.rejected_row_of(organisation, import_id, row_id)
    values = dict(found.raw) | {k.removeprefix(CELLS): v for k, v in request.POST.items() if k.startswith(CELLS)}
    try:
        correct.correct_row(row=found, values=values, actor=request.user)  # type: ignore[arg-type]
    except StillRejected as error:
        found.raw, found.reasons = values, error.context["reasons"]  # shown as typed, not kept
        return _page(request, found.import_run, FileForm(), tried=found)
    except KapulaError as error:
        toasts.failed(request, codes.words("error", error.code, error.context))
    else:
        toasts.done(request, _("Rivi tuotiin."))
    return _back(found.import_run)


@require_POST
@needs("import")
def set_aside(request: HttpRequest, organisation: Organisation, import_id: int, row_id: int) -> HttpResponse:
    found = access.rejected_row_of(organisation, import_id, row_id)
    correct.set_aside(row=found, actor=request.user)  # type: ignore[arg-type]
    toasts.done(request, _("Rivi ohitettiin."))
    return _back(found.import_run)


@require_POST
@needs("import")
def upload(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponse:
    """The corrected rows as a file."""
    run = access.import_of(organisation, import_id)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            again = correct.receive_corrections(parent=run, name=file.name, chunks=file.chunks(), actor=request.user)  # type: ignore[arg-type]
        except KapulaError as error:
            form.add_error("file", codes.words("error", error.code, error.context))
        else:
            return redirect("ledger:import", organisation.slug, again.pk)
    return _page(request, run, form)


@require_GET
@needs("import")
def as_csv(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponseBase:
    run = access.import_of(organisation, import_id)
    lines = rejected_file.as_csv(run, _worded)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=_named(run, "csv"))


@require_GET
@needs("import")
def as_xlsx(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponse:
    run = access.import_of(organisation, import_id)
    return HttpResponse(rejected_file.as_xlsx(run, _worded), content_type=XLSX, headers=_named(run, "xlsx"))


def _page(request: HttpRequest, run: Import, form: FileForm, tried: RejectedRow | None = None) -> HttpResponse:
    page = Paginator(rejected_file.open_rows(run), A_PAGE).get_page(request.GET.get("page"))
    shown = [_shown(tried if tried is not None and found.pk == tried.pk else found, tried) for found in page]
    context = {"run": run, "page": page, "rows": shown, "count": page.paginator.count, "form": form}
    return render(request, "ledger/rejected.html", context)


def _shown(found: RejectedRow, tried: RejectedRow | None) -> dict[str, object]:
    """The row with the cells that are wrong first; the others are there to look at."""
    wrong: dict[str, str] = {}
    for column, code, _value in found.reasons:
        wrong.setdefault(column, codes.words("rejection", code))
    cells = [(name, found.raw.get(name) or "", message) for name, message in wrong.items() if name in found.raw]
    others = [(name, value) for name, value in found.raw.items() if name not in wrong and value]
    whole = [message for name, message in wrong.items() if name not in found.raw]
    return {"row": found, "cells": cells, "others": others, "whole": whole, "tried": found is tried}


def _worded(found: RejectedRow) -> str:
    """The reasons in words, for a file."""
    told = [(column, codes.words("rejection", code)) for column, code, _value in found.reasons]
    return " ".join(f"{column}: {words}" if column else words for column, words in told)


def _named(run: Import, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="hylatyt-{run.pk}.{ending}"'}


def _back(run: Import) -> HttpResponse:
    name = "ledger:rejected" if rejected_file.open_rows(run).exists() else "ledger:import"
    return redirect(name, run.organisation.slug, run.pk)
