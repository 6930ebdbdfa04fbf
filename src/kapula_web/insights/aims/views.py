"""The aims' pages: the list, and what changes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from kapula_web.accounts.access import may, needs
from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.aims import services
from kapula_web.insights.aims.access import aim_of, live_aims
from kapula_web.insights.aims.forms import AimForm
from kapula_web.insights.aims.models import ExperienceAim
from kapula_web.insights.aims.telling import told
from kapula_web.kit import toasts


@needs("see")
def aims(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    found = [told(aim, organisation) for aim in live_aims(organisation)]
    count = len(found)
    answer = ngettext("%(n)s tavoite on kirjattu.", "%(n)s tavoitetta on kirjattu.", count) % {"n": count}
    context = {
        "aims": found,
        "answer": answer if count else gettext("Minkälaisen kokemuksen haluamme tuottaa?"),
        "may_change": may(request.membership, "model"),  # type: ignore[attr-defined]
    }
    return render(request, "insights/analyses/intended_aims.html", context)


@needs("model")
def create(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = AimForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        created = services.create_aim(organisation=organisation, actor=_person(request), fields=form.cleaned())
        toasts.done(
            request, gettext("%(name)s on nyt tavoitteena.") % {"name": created.name}, undo=_at("aim_archive", created)
        )
        return redirect("insights:aims", organisation.slug)
    return _form(request, form)


@needs("model")
def change(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    aim = aim_of(organisation, code)
    form = AimForm(request.POST or None, organisation=organisation, instance=aim)
    if request.method == "POST" and form.is_valid():
        services.change_aim(aim=aim, actor=_person(request), fields=form.cleaned())
        toasts.done(request, gettext("%(name)s on muutettu.") % {"name": aim.name})
        return redirect("insights:aims", organisation.slug)
    return _form(request, form, aim)


@require_POST
@needs("model")
def archive(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    aim = aim_of(organisation, code)
    services.archive_aim(aim=aim, actor=_person(request))
    toasts.done(request, gettext("%(name)s on arkistoitu.") % {"name": aim.name}, undo=_at("aim_restore", aim))
    return redirect("insights:aims", organisation.slug)


@require_POST
@needs("model")
def restore(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    aim = aim_of(organisation, code, archived=True)
    services.restore_aim(aim=aim, actor=_person(request))
    toasts.done(request, gettext("%(name)s on taas tavoitteena.") % {"name": aim.name})
    return redirect("insights:aims", organisation.slug)


def _form(request: HttpRequest, form: AimForm, aim: ExperienceAim | None = None) -> HttpResponse:
    context = {"form": form, "parts": form.groups(), "aim": aim}
    return render(request, "insights/analyses/intended_form.html", context, status=422 if form.errors else 200)


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _at(name: str, aim: ExperienceAim) -> str:
    return reverse(f"insights:{name}", args=[aim.organisation.slug, aim.code])
