"""An import under way and done: progress, result, undo, trying again, letting go of the file."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kapula.errors import KapulaError
from kapula_web.accounts.access import needs
from kapula_web.accounts.models import Organisation
from kapula_web.insights.models import ModelMeasure
from kapula_web.insights.selectors import live_measures
from kapula_web.kit import codes, toasts
from kapula_web.ledger import access
from kapula_web.ledger.imports import forget, undo
from kapula_web.ledger.imports.find import fed_questions, is_cut_off
from kapula_web.ledger.imports.run import retry as try_again
from kapula_web.ledger.models import Import, Question
from kapula_web.ledger.views.new import mapping

READ = 700


@require_GET
@needs("import")
def one(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponse:
    """The import's one page: its mapping, its progress or its result, by where it stands."""
    run = access.import_of(organisation, import_id)
    if run.state == Import.State.MAPPING:
        return mapping(request, run)
    return render(request, "ledger/import.html", _context(run))


@require_GET
@needs("import")
def progress(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponse:
    """The progress as a fragment that asks for itself again; when the import has ended, the page is loaded anew."""
    run = access.import_of(organisation, import_id)
    context = _context(run)
    response = render(request, "ledger/parts/progress.html", context)
    if not context["running"]:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@needs("import")
def retry(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponse:
    run = access.import_of(organisation, import_id)
    return _do(request, run, lambda: try_again(run=run, actor=request.user), "")  # type: ignore[arg-type]


@require_POST
@needs("import")
def take_back(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponse:
    run = access.import_of(organisation, import_id)
    told = _("Tuonti kumottiin. Aineisto on taas sellainen kuin ennen sitä.")
    return _do(request, run, lambda: undo.undo(run=run, actor=request.user), told)  # type: ignore[arg-type]


@require_POST
@needs("import")
def delete_file(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponse:
    run = access.import_of(organisation, import_id)
    told = _("Tiedosto poistettiin. Siitä tuodut rivit säilyivät.")
    return _do(request, run, lambda: forget.delete_file(run=run, actor=request.user), told)  # type: ignore[arg-type]


@require_POST
@needs("import")
def discard(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponse:
    run = access.import_of(organisation, import_id)
    home = reverse("ledger:home", args=[organisation.slug])
    told = _("Tuonti hylättiin. Mitään ei muuttunut.")
    return _do(request, run, lambda: forget.discard(run=run, actor=request.user), told, home)  # type: ignore[arg-type]


def _do(request: HttpRequest, run: Import, deed: Callable[[], object], told: str, then: str = "") -> HttpResponse:
    here = reverse("ledger:import", args=[run.organisation.slug, run.pk])
    try:
        deed()
    except KapulaError as error:
        toasts.failed(request, codes.words("error", error.code, error.context))
        return redirect(here)
    if told:
        toasts.done(request, told)
    return redirect(then or here)


def _context(run: Import) -> dict[str, object]:
    cut_off = is_cut_off(run)
    done = run.state == Import.State.DONE
    return {
        "run": run,
        "cut_off": cut_off,
        "running": run.state in (Import.State.QUEUED, Import.State.RUNNING) and not cut_off,
        "writing": run.done >= READ,
        "rejected": run.rejected_rows.filter(resolved_at=None).count(),
        "questions": _with_measures(run) if done else [],
        "blocker": undo.blocker(run) if done else None,
        "corrections": run.corrections.order_by("pk"),
        "why": codes.words("error", run.error.get("code"), {"file": run.file_name} | run.error.get("context", {})),
    }


def _with_measures(run: Import) -> list[tuple[Question, list[ModelMeasure]]]:
    """The questions the file answers, each with the measures that read it."""
    measures = [each for each in live_measures(run.organisation) if each.table == "responses"]
    return [(question, [each for each in measures if question.code in each.columns]) for question in fed_questions(run)]
