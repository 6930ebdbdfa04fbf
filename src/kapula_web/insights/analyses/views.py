"""The hub of questions, the page of each, and what can be taken along from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kapula.errors import KapulaError
from kapula_web.accounts.access import may, needs, signed_in
from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses import downloads, pictures, runs
from kapula_web.insights.analyses.hub import UNCHOSEN, headline, items
from kapula_web.insights.analyses.looking import Look, answered, context, look_at
from kapula_web.insights.analyses.questions import Question
from kapula_web.insights.analyses.registry import page_of
from kapula_web.insights.analyses.telling import Told, command, method_lines
from kapula_web.kit.errors import worded_error

View = Callable[..., HttpResponse]


@needs("see")
def questions(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    found = items(organisation)
    lists = {
        "answered": [one for one in found if one.state not in ("empty", "not_enough", UNCHOSEN)],
        "unchosen": [one for one in found if one.state == UNCHOSEN],
        "lacking": [one for one in found if one.state in ("empty", "not_enough")],
    }
    waits = any(one.state in (runs.RUNNING, runs.NEW) for one in found)
    reads = may(request.membership, "see_rows")  # type: ignore[attr-defined]
    context = {**lists, "answer": headline(found), "waits": waits, "may_see_rows": reads}
    return render(request, "insights/analyses/hub.html", context)


def looked(view: View) -> Callable[..., HttpResponseBase]:
    """A view of what an address asks; a question that the data cannot answer says why, and what to mend."""

    def guarded(request: HttpRequest, organisation: Organisation, /, name: str, **more: Any) -> HttpResponse:
        page = page_of(name)
        try:
            return view(request, look_at(page, organisation, request.GET), **more)
        except KapulaError as error:
            told = {"page": page, "answer": page.question, "problem": worded_error(error), "state": "broken"}
            return render(request, "insights/analyses/page.html", told, status=409)

    return needs("see")(guarded)


@looked
def analysis(request: HttpRequest, look: Look) -> HttpResponse:
    """The whole page; for htmx the part that follows the choices, or the progress alone while the answer is on its way."""
    htmx: Any = getattr(request, "htmx", None)
    polls = bool(htmx) and request.GET.get("part") == "progress"
    found = context(look, request.membership, progress=polls)  # type: ignore[attr-defined]
    if not htmx or htmx.boosted or htmx.history_restore_request:
        answer = render(request, "insights/analyses/page.html", found)
    elif polls and found["state"] == runs.RUNNING:
        answer = render(request, "insights/analyses/progress.html", found)
    else:
        answer = render(request, "insights/analyses/view.html", found)
        if polls:
            answer["HX-Retarget"], answer["HX-Reswap"] = "#view", "outerHTML"
    patch_vary_headers(answer, ["HX-Request"])  # the same address has two forms: none is kept for the other
    return answer


@require_POST
@looked
def again(request: HttpRequest, look: Look) -> HttpResponse:
    """Ask once more what failed or was cancelled."""
    if look.question is not None and look.fits:
        runs.ask_again(look.question, signed_in(request))
    return redirect(address(look))


@looked
def table(request: HttpRequest, look: Look, number: int, kind: str) -> HttpResponse:
    if kind not in downloads.KINDS:
        raise Http404(kind)
    question, told = ready(look)
    if not 1 <= number <= len(told.tables):
        raise Http404(str(number))
    found = told.tables[number - 1]
    line = command(question)  # where there is none, the method itself says why
    method = [*method_lines(question, told.shown), *([(gettext("Komento"), line)] if line else [])]
    answer = downloads.csv_file(found) if kind == "csv" else downloads.xlsx_file(found, method)
    answer["Content-Disposition"] = downloads.attachment(question, kind)
    return answer


@looked
def picture(request: HttpRequest, look: Look, chart: str, kind: str) -> HttpResponse:
    question, told = ready(look)
    found = next((one for one in told.pictures if one.code == chart), None)
    if found is None or kind not in pictures.KINDS:
        raise Http404(chart)
    answer = pictures.picture_file(found, kind)
    if kind != "json":
        answer["Content-Disposition"] = downloads.attachment(question, kind)
    return answer


def ready(look: Look) -> tuple[Question, Told]:
    """The question with its answer; 404 before there is one, for there is nothing to take along."""
    found = answered(look)
    if found is None:
        raise Http404(look.page.name)
    return found


def address(look: Look) -> str:
    """The page's address with every choice in it."""
    path = reverse("insights:analysis", args=[look.data.organisation.slug, look.page.name])
    return f"{path}?{look.question.query}" if look.question else path
