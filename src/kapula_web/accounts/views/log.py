"""The audit log: who did what, when; on pages and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapula_web.accounts import selectors
from kapula_web.accounts.access import needs
from kapula_web.accounts.log_words import told
from kapula_web.accounts.models import AuditEntry, Organisation
from kapula_web.kit import codes

PER_PAGE = 50


@require_safe
@needs("manage")
def log(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    chosen = {"actor": request.GET.get("actor", ""), "action": request.GET.get("action", "")}
    page = Paginator(selectors.audit_log(organisation, **chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(entry, told(entry)) for entry in page],
        "actors": selectors.actors(organisation),
        "actions": [(code, codes.words("audit", code)) for code in selectors.actions(organisation)],
        "chosen": chosen,
    }
    return render(request, "accounts/log.html", context)


@require_safe
@needs("manage")
def log_csv(request: HttpRequest, organisation: Organisation) -> StreamingHttpResponse:
    """The whole log as chosen, semicolon-separated with a BOM: Excel in Finland opens it right."""
    entries = selectors.audit_log(
        organisation, actor=request.GET.get("actor", ""), action=request.GET.get("action", "")
    )
    head = [_("Aika"), _("Kuka"), _("Koodi"), _("Mitä"), _("Tarkemmin")]
    response = StreamingHttpResponse(_lines(head, list_of_rows(entries)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kapula-{organisation.slug}-log.csv"'
    return response


def list_of_rows(entries: Iterable[AuditEntry]) -> Iterator[list[str]]:
    for entry in entries.iterator(2000) if hasattr(entries, "iterator") else entries:
        at = timezone.localtime(entry.at).isoformat(" ", "seconds")
        yield [at, str(entry.actor or ""), entry.action, codes.words("audit", entry.action), told(entry)]


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _lines(head: list[str], rows: Iterator[list[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(head)
    for row in rows:
        yield writer.writerow([_safe(cell) for cell in row])


def _safe(cell: str) -> str:
    """A cell a spreadsheet cannot take for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell[:1] else cell
