"""The measurement model's pages: the tree, and what changes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kapula_web.accounts.access import needs
from kapula_web.accounts.models import Organisation, User
from kapula_web.insights import services
from kapula_web.insights.access import measure_of
from kapula_web.insights.form_fields import of_question
from kapula_web.insights.forms import MeasureForm
from kapula_web.insights.models import ModelMeasure
from kapula_web.insights.pages.model import model_context
from kapula_web.kit import toasts


@needs("see")
def model(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    return render(request, "insights/model.html", model_context(request.membership, timezone.localdate()))  # type: ignore[attr-defined]


@needs("model")
def create(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    initial = {"area": request.GET.get("area", "experience"), "rhythm": "month", "period": "week", "measure": "nps"}
    initial |= of_question(organisation, request.GET.get("question", ""))
    form = MeasureForm(request.POST or None, organisation=organisation, initial=initial)
    if request.method == "POST" and form.is_valid():
        created = services.create_measure(organisation=organisation, actor=_person(request), fields=form.cleaned())
        toasts.done(
            request, gettext("%(name)s on nyt mittaristossa.") % {"name": created.name}, undo=_at("archive", created)
        )
        return redirect("insights:measure", organisation.slug, created.code)
    return render(
        request, "insights/form.html", {"form": form, "parts": form.groups()}, status=422 if form.errors else 200
    )


@needs("model")
def change(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    measure = measure_of(organisation, code)
    form = MeasureForm(request.POST or None, organisation=organisation, instance=measure)
    if request.method == "POST" and form.is_valid():
        services.change_measure(measure=measure, actor=_person(request), fields=form.cleaned())
        toasts.done(request, gettext("%(name)s on muutettu.") % {"name": measure.name})
        return redirect("insights:measure", organisation.slug, measure.code)
    context = {"form": form, "parts": form.groups(), "measure": measure}
    return render(request, "insights/form.html", context, status=422 if form.errors else 200)


@require_POST
@needs("model")
def move(request: HttpRequest, organisation: Organisation, code: str, way: str) -> HttpResponse:
    measure = measure_of(organisation, code)
    services.move_measure(measure=measure, actor=_person(request), steps=-1 if way == "up" else 1)
    return redirect(f"{reverse('insights:model', args=[organisation.slug])}#{measure.code}")


@require_POST
@needs("model")
def archive(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    measure = measure_of(organisation, code)
    services.archive_measure(measure=measure, actor=_person(request))
    toasts.done(request, gettext("%(name)s on arkistoitu.") % {"name": measure.name}, undo=_at("restore", measure))
    return redirect("insights:model", organisation.slug)


@require_POST
@needs("model")
def restore(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    measure = measure_of(organisation, code, archived=True)
    services.restore_measure(measure=measure, actor=_person(request))
    toasts.done(request, gettext("%(name)s on taas mittaristossa.") % {"name": measure.name})
    return redirect("insights:model", organisation.slug)


@require_POST
@needs("lead")
def review(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    measure = measure_of(organisation, code)
    services.review_measure(measure=measure, actor=_person(request), on=timezone.localdate())
    toasts.done(request, gettext("%(name)s on merkitty tarkastelluksi tänään.") % {"name": measure.name})
    return redirect(f"{reverse('insights:model', args=[organisation.slug])}#{measure.code}")


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _at(name: str, measure: ModelMeasure) -> str:
    return reverse(f"insights:{name}", args=[measure.organisation.slug, measure.code])
