"""An organisation's settings, and its teams."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kapula_web.accounts import selectors
from kapula_web.accounts.access import needs, signed_in
from kapula_web.accounts.errors import TeamCodeTakenError
from kapula_web.accounts.forms import OrganisationForm, TeamForm
from kapula_web.accounts.models import Organisation
from kapula_web.accounts.services import organisations
from kapula_web.accounts.services import teams as services
from kapula_web.kit import toasts
from kapula_web.kit.errors import worded_error


@require_http_methods(["GET", "HEAD", "POST"])
@needs("manage")
def settings(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = OrganisationForm(request.POST) if request.method == "POST" else OrganisationForm.of(organisation)
    if request.method == "POST" and form.is_valid():
        organisations.change_organisation(organisation=organisation, actor=signed_in(request), **form.cleaned_data)
        toasts.done(request, _("Asetukset tallennettiin."))
        return redirect("organisation_settings", organisation.slug)
    return render(request, "accounts/organisation.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("manage")
def teams(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            team = services.create_team(organisation=organisation, actor=signed_in(request), **form.cleaned_data)
        except TeamCodeTakenError as error:
            form.add_error("code", worded_error(error))
        else:
            toasts.done(request, _("Tiimi %(name)s lisättiin.") % {"name": team.name})
            return redirect("teams", organisation.slug)
    context = {
        "form": form,
        "teams": selectors.teams(organisation),
        "archived": selectors.teams(organisation, archived=True),
    }
    return render(request, "accounts/teams.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("manage")
def team(request: HttpRequest, organisation: Organisation, team: int) -> HttpResponse:
    found = get_object_or_404(organisation.teams, pk=team)
    form = TeamForm(request.POST or None, initial={"name": found.name, "code": found.code})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_team(team=found, actor=signed_in(request), **form.cleaned_data)
        except TeamCodeTakenError as error:
            form.add_error("code", worded_error(error))
        else:
            toasts.done(request, _("Tiimi tallennettiin."))
            return redirect("teams", organisation.slug)
    return render(request, "accounts/team.html", {"form": form, "team": found})


@require_POST
@needs("manage")
def archive_team(request: HttpRequest, organisation: Organisation, team: int) -> HttpResponse:
    found = get_object_or_404(organisation.teams, pk=team)
    services.archive_team(team=found, actor=signed_in(request))
    undo = reverse("team_restore", args=[organisation.slug, found.pk])
    toasts.done(request, _("Tiimi %(name)s arkistoitiin.") % {"name": found.name}, undo=undo)
    return redirect("teams", organisation.slug)


@require_POST
@needs("manage")
def restore_team(request: HttpRequest, organisation: Organisation, team: int) -> HttpResponse:
    found = get_object_or_404(organisation.teams, pk=team)
    services.restore_team(team=found, actor=signed_in(request))
    toasts.done(request, _("Tiimi %(name)s palautettiin.") % {"name": found.name})
    return redirect("teams", organisation.slug)
