"""The way in: to one's only organisation, to a choice of several, or to what to do when there is none."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kapula_web.accounts import selectors


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
