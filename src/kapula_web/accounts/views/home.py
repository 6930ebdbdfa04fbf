"""The way in: to one's only organisation, to a choice of several, or to what to do when there is none."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kapula_web.accounts import selectors
from kapula_web.accounts.access import signed_in
from kapula_web.accounts.forms import OrganisationForm, PersonForm
from kapula_web.accounts.services import organisations, people
from kapula_web.kit import toasts


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    found = selectors.organisations_of(request.user)
    return redirect(found[0]) if len(found) == 1 else redirect("organisation_chooser")


@require_safe
@login_required
def chooser(request: HttpRequest) -> HttpResponse:
    context = {
        "organisations": selectors.organisations_of(request.user),
        "may_create": selectors.may_create_organisation(request.user),
        "invitations": selectors.invitations_for(request.user),
    }
    return render(request, "accounts/chooser.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_organisation(request: HttpRequest) -> HttpResponse:
    if not selectors.may_create_organisation(request.user):
        raise PermissionDenied
    form = OrganisationForm(request.POST or None, initial={"language": translation.get_language()})
    if request.method == "POST" and form.is_valid():
        organisation = organisations.create_organisation(founder=signed_in(request), **form.cleaned_data)
        toasts.done(request, _("%(name)s on perustettu.") % {"name": organisation.name})
        return redirect(organisation)
    return render(request, "accounts/new_organisation.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def person_settings(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = PersonForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        people.change_person(user=user, **form.cleaned_data)
        with translation.override(user.language):
            toasts.done(request, _("Asetukset tallennettiin."))
        return redirect("person_settings")
    return render(request, "accounts/person.html", {"form": form})
