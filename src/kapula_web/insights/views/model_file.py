"""The model as a file: downloaded, shown what it would change, and taken in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from kapula_web.accounts.access import needs
from kapula_web.accounts.models import Organisation, User
from kapula_web.insights import modelfile
from kapula_web.insights.errors import ModelFileError
from kapula_web.kit import codes, toasts

MOST_BYTES = 2_000_000


@needs("see")
def download(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    text = modelfile.write(modelfile.entries_of(organisation))
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{organisation.slug}-model.yaml"'
    return response


@needs("model")
def model_file(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """First the file, then what it would change, then yes."""
    if request.method != "POST":
        return render(request, "insights/model_file.html", {})
    text = _text(request)
    context: dict[str, Any] = {"text": text}
    try:
        entries = modelfile.read(text, organisation)
    except ModelFileError as error:
        context["problems"] = [_told(problem) for problem in error.problems]
        return render(request, "insights/model_file.html", context, status=422)
    if "yes" in request.POST:
        actor = request.user if isinstance(request.user, User) else None
        done = modelfile.apply(organisation=organisation, actor=actor, entries=entries)
        words = ngettext("Mittaristoon tehtiin %(n)s muutos.", "Mittaristoon tehtiin %(n)s muutosta.", len(done))
        toasts.done(request, words % {"n": len(done)})
        return redirect("insights:model", organisation.slug)
    context["changes"] = [_shown(change) for change in modelfile.changes(organisation, entries)]
    context["checked"] = True
    return render(request, "insights/model_file.html", context)


def _text(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "")
    return bytes(file.read(MOST_BYTES)).decode("utf-8-sig", errors="replace")


def _told(problem: dict[str, Any]) -> dict[str, Any]:
    particulars = {key: value for key, value in problem.items() if value not in (None, "", [])}
    about = str(particulars.get("key") or particulars.get("value") or "")
    value = str(problem.get("value") or "")
    allowed = ", ".join(problem.get("allowed") or [])
    return {
        "line": problem["line"],
        "words": codes.words("model_problem", problem["code"]),
        "about": f"{about}: {value}" if value and value != about else about,
        "allowed": gettext("Sallitut: %(allowed)s") % {"allowed": allowed} if allowed else "",
    }


def _shown(change: modelfile.Change) -> dict[str, Any]:
    fields = [(key, codes.shown(before), codes.shown(after)) for key, before, after in change.fields]
    return {
        "kind": codes.words("model_change", change.kind),
        "name": change.name,
        "code": change.code,
        "fields": fields,
    }
