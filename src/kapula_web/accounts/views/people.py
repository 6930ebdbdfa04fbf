"""The people of an organisation: their roles, their teams, and those who leave."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapula_web.accounts import selectors
from kapula_web.accounts.access import needs, signed_in
from kapula_web.accounts.errors import LastOwnerError
from kapula_web.accounts.forms import MembershipForm
from kapula_web.accounts.models import Organisation
from kapula_web.accounts.services import people as services
from kapula_web.kit import toasts
from kapula_web.kit.errors import worded_error


@require_safe
@needs("manage")
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    context = {
        "people": selectors.people(organisation),
        "invitations": selectors.waiting_invitations(organisation),
        "link": request.session.pop("invitation_link", None),
    }
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("manage")
def person(request: HttpRequest, organisation: Organisation, person: int) -> HttpResponse:
    found = get_object_or_404(organisation.memberships.select_related("user", "organisation"), pk=person)
    posted = request.method == "POST"
    form = MembershipForm(request.POST, organisation=organisation) if posted else MembershipForm.of(found)
    if posted and form.is_valid():
        teams = form.cleaned_data.get("teams", found.teams.none())
        try:
            services.change_membership(
                membership=found, actor=signed_in(request), role=form.cleaned_data["role"], teams=teams
            )
        except LastOwnerError as error:
            form.add_error("role", worded_error(error))
        else:
            toasts.done(request, _("%(name)s: muutokset tallennettiin.") % {"name": found.user})
            return redirect("people", organisation.slug)
    return render(request, "accounts/person_in_organisation.html", {"form": form, "person": found})


@require_POST
@needs("manage")
def remove_person(request: HttpRequest, organisation: Organisation, person: int) -> HttpResponse:
    found = get_object_or_404(organisation.memberships.select_related("user"), pk=person)
    user = found.user
    try:
        services.remove_person(membership=found, actor=signed_in(request))
    except LastOwnerError as error:
        toasts.failed(request, worded_error(error))
        return redirect("people", organisation.slug)
    if user == request.user:
        return redirect("home")
    undo = reverse("person_restore", args=[organisation.slug, user.pk])
    toasts.done(request, _("%(name)s poistettiin organisaatiosta.") % {"name": user}, undo=undo)
    return redirect("people", organisation.slug)


@require_POST
@needs("manage")
def restore_person(request: HttpRequest, organisation: Organisation, user: int) -> HttpResponse:
    membership = services.restore_person(organisation=organisation, user_id=user, actor=signed_in(request))
    if membership is not None:
        toasts.done(request, _("%(name)s palautettiin.") % {"name": membership.user})
    return redirect("people", organisation.slug)
