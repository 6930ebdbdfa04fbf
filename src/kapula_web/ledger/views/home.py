"""What data there is and how fresh it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kapula_web.accounts.access import may, needs
from kapula_web.accounts.models import Organisation
from kapula_web.kit import toasts
from kapula_web.ledger import access, freshness
from kapula_web.ledger.imports import forget
from kapula_web.ledger.imports.find import remembered, sources_of, unfinished


@require_GET
@needs("see")
def home(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    may_import = may(request.membership, "import")  # type: ignore[attr-defined]
    sources = sources_of(organisation)
    open_imports = list(unfinished(organisation)) if may_import else []
    newest = max((row.source.last_received_at for row in sources if row.source.last_received_at), default=None)
    context = {
        "sources": sources,
        "unfinished": open_imports,
        "may_import": may_import,
        "answer": freshness.answer(len(sources), newest, sum(row.stale for row in sources)),
        "waits": freshness.waits(len(open_imports), sum(row.rejected for row in sources)) if may_import else "",
    }
    return render(request, "ledger/home.html", context)


@require_GET
@needs("import")
def source(request: HttpRequest, organisation: Organisation, source_id: int) -> HttpResponse:
    found = access.source_of(organisation, source_id)
    context = {"source": found, "imports": found.imports.select_related("created_by")[:100], "plan": remembered(found)}
    return render(request, "ledger/source.html", context)


@require_POST
@needs("import")
def forget_mapping(request: HttpRequest, organisation: Organisation, source_id: int) -> HttpResponse:
    found = access.source_of(organisation, source_id)
    forget.forget_mapping(source=found, actor=request.user)  # type: ignore[arg-type]
    toasts.done(request, _("Sarakkeiden tehtävät unohdettiin. Seuraava tiedosto tulkitaan alusta."))
    return redirect("ledger:source", organisation.slug, found.pk)
