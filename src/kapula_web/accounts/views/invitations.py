"""Inviting people, and the page an invited person opens."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kapula_web.accounts import mail
from kapula_web.accounts.access import needs, signed_in
from kapula_web.accounts.errors import AccountError
from kapula_web.accounts.forms import InvitationForm, JoinForm
from kapula_web.accounts.models import Invitation, Organisation, User
from kapula_web.accounts.services import invitations as services
from kapula_web.kit import toasts
from kapula_web.kit.errors import worded_error


@require_http_methods(["GET", "HEAD", "POST"])
@needs("manage")
def invite(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    initial = {"language": organisation.language}
    form = InvitationForm(request.POST or None, organisation=organisation, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = services.invite(
                organisation=organisation, actor=signed_in(request), **form.cleaned_data
            )
        except AccountError as error:
            form.add_error("email", worded_error(error))
        else:
            _deliver(request, invitation, token)
            return redirect("people", organisation.slug)
    return render(request, "accounts/invite.html", {"form": form})


@require_POST
@needs("manage")
def resend(request: HttpRequest, organisation: Organisation, invitation: int) -> HttpResponse:
    found = get_object_or_404(organisation.invitations, pk=invitation)
    try:
        _deliver(request, found, services.renew(invitation=found, actor=signed_in(request)))
    except AccountError as error:
        toasts.failed(request, worded_error(error))
    return redirect("people", organisation.slug)


@require_POST
@needs("manage")
def withdraw(request: HttpRequest, organisation: Organisation, invitation: int) -> HttpResponse:
    found = get_object_or_404(organisation.invitations, pk=invitation)
    try:
        services.withdraw(invitation=found, actor=signed_in(request))
    except AccountError as error:
        toasts.failed(request, worded_error(error))
    else:
        undo = reverse("invitation_reopen", args=[organisation.slug, found.pk])
        toasts.done(request, _("Kutsu osoitteeseen %(email)s peruttiin.") % {"email": found.email}, undo=undo)
    return redirect("people", organisation.slug)


@require_POST
@needs("manage")
def reopen(request: HttpRequest, organisation: Organisation, invitation: int) -> HttpResponse:
    found = get_object_or_404(organisation.invitations, pk=invitation)
    try:
        services.reopen(invitation=found, actor=signed_in(request))
    except AccountError as error:
        toasts.failed(request, worded_error(error))
    return redirect("people", organisation.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links too); the button takes the place."""
    found = (
        Invitation.objects.select_related("organisation", "invited_by")
        .filter(token_hash=services.hash_of(token))
        .first()
    )
    if found is None:
        raise Http404
    if not request.user.is_authenticated:
        translation.activate(found.language)
    if found.accepted_at or found.withdrawn_at or found.expires_at <= timezone.now():
        return render(request, "accounts/invitation_closed.html", {"invitation": found}, status=410)
    if request.user.is_authenticated:
        return _join_as_signed_in(request, found)
    if User.objects.filter(email__iexact=found.email).exists():
        return render(request, "accounts/invitation_known.html", {"invitation": found})
    return _join_as_new(request, found)


def _join_as_signed_in(request: HttpRequest, found: Invitation) -> HttpResponse:
    person = signed_in(request)
    mine = person.email.lower() == found.email.lower()
    if request.method == "POST" and mine:
        services.accept(invitation=found, user=person)
        return redirect(found.organisation)
    return render(request, "accounts/invitation_join.html", {"invitation": found, "mine": mine})


def _join_as_new(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = JoinForm(request.POST or None, invitation=found, initial={"language": found.language})
    if request.method == "POST" and form.is_valid():
        user = services.accept_as_new(invitation=found, **form.cleaned_data)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect(found.organisation)
    return render(request, "accounts/invitation_new.html", {"invitation": found, "form": form})


def _deliver(request: HttpRequest, invitation: Invitation, token: str) -> None:
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    if mail.send_invitation(invitation=invitation, link=link):
        toasts.done(request, _("Kutsu lähti osoitteeseen %(email)s.") % {"email": invitation.email})
    else:
        request.session["invitation_link"] = {"email": invitation.email, "link": link}
        toasts.failed(request, _("Kutsu tehtiin, mutta viesti ei lähtenyt. Anna linkki itse tai lähetä uudelleen."))
