"""Bringing in a file: choosing it, and agreeing with how it is read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kapula.connectors.contract import Plan
from kapula.errors import KapulaError
from kapula_web.accounts.access import needs
from kapula_web.accounts.models import Organisation
from kapula_web.kit import codes
from kapula_web.ledger import access
from kapula_web.ledger.forms.mapping import MappingForm
from kapula_web.ledger.forms.upload import UploadForm
from kapula_web.ledger.imports.check import check
from kapula_web.ledger.imports.find import same_file
from kapula_web.ledger.imports.mapping import remap
from kapula_web.ledger.imports.receive import receive, source_for
from kapula_web.ledger.imports.run import confirm
from kapula_web.ledger.models import Import, Source


@require_http_methods(["GET", "POST"])
@needs("import")
def new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    wanted = {"source": request.GET.get("source", "")}
    form = UploadForm(request.POST or None, request.FILES or None, initial=wanted, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            run = _receive(request, organisation, form)
        except KapulaError as error:
            form.add_error("file", codes.words("error", error.code, error.context))
        else:
            return redirect("ledger:import", organisation.slug, run.pk)
    return render(request, "ledger/new.html", {"form": form, "first": not form.fields["source"].choices[1:]})  # type: ignore[attr-defined]


def _receive(request: HttpRequest, organisation: Organisation, form: UploadForm) -> Import:
    code, name = form.chosen()
    known = Source.objects.filter(organisation=organisation, code=code).exists()
    source = source_for(organisation=organisation, code=code, name=name, actor=request.user)  # type: ignore[arg-type]
    file = form.cleaned_data["file"]
    try:
        return receive(
            organisation=organisation,
            source=source,
            name=file.name,
            chunks=file.chunks(),
            actor=request.user,  # type: ignore[arg-type]
        )
    except KapulaError:
        if not known:  # a refused file leaves nothing behind, not even a name
            source.delete()
        raise


def mapping(request: HttpRequest, run: Import, form: MappingForm | None = None) -> HttpResponse:
    """The page where a person agrees with, or corrects, how the file is read."""
    plan = Plan.from_dict(run.plan)
    context = {
        "run": run,
        "form": form or MappingForm(plan, run.peek),
        "check": check(run, plan),
        "same": same_file(run),
        "matching": run.peek.get("matching", {}),
        "notes": [(code, {"value": value}) for code, value in run.peek.get("notes", []) if code != "missing_suggested"],
    }
    return render(request, "ledger/mapping.html", context)


@require_POST
@needs("import")
def try_plan(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponse:
    """The corrected mapping as a draft, tried on the file's first rows. A fragment for htmx, the whole page without it."""
    run = access.import_of(organisation, import_id)
    form = _posted(run, request.POST)
    if form.is_valid():
        remap(run=run, plan=form.plan())
    if not request.htmx or form.shape != form.base.shape:  # type: ignore[attr-defined]
        return mapping(request, run, None if form.is_valid() else form)
    plan = Plan.from_dict(run.plan)
    context = {"run": run, "form": form, "check": check(run, plan), "tried": True}
    return render(request, "ledger/parts/check.html", context)


@require_POST
@needs("import")
def start(request: HttpRequest, organisation: Organisation, import_id: int) -> HttpResponse:
    run = access.import_of(organisation, import_id)
    form = _posted(run, request.POST)
    if not form.is_valid():
        return mapping(request, run, form)
    plan = form.plan()
    remap(run=run, plan=plan)
    found = check(run, plan)
    if found.error is not None or (found.rows and not found.accepted):
        return mapping(request, run)
    confirm(run=run, plan=plan, actor=request.user)  # type: ignore[arg-type]
    return redirect("ledger:import", organisation.slug, run.pk)


def _posted(run: Import, data: QueryDict) -> MappingForm:
    return MappingForm(Plan.from_dict(run.plan), run.peek, data)
