"""Inviting people by e-mail. The link's token is known only to the message; the database keeps its hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from typing import Final

from allauth.account.models import EmailAddress
from django.db import models, transaction
from django.utils import timezone

from kapula_web.accounts.audit import record
from kapula_web.accounts.errors import (
    AlreadyInvitedError,
    AlreadyMemberError,
    InvitationClosedError,
    InvitationForAnotherError,
)
from kapula_web.accounts.models import Invitation, Membership, Organisation, Team, User

VALID_FOR: Final = dt.timedelta(days=14)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    actor: User,
    email: str,
    role: str,
    language: str,
    teams: Iterable[Team] = (),
    now: dt.datetime | None = None,
) -> tuple[Invitation, str]:
    """Offer a place. Returns the invitation and the token for its link, which cannot be read again later.

    Raises :class:`AlreadyMemberError`, or :class:`AlreadyInvitedError` while an earlier invitation is open.
    """
    email, now = email.strip().lower(), now or timezone.now()
    if organisation.memberships.filter(user__email__iexact=email).exists():
        raise AlreadyMemberError(f"{email} is already here.", hint="Change the role on the people page.", email=email)
    if open_invitations(organisation, now).filter(email__iexact=email).exists():
        raise AlreadyInvitedError(f"{email} has been invited.", hint="Send the invitation again instead.", email=email)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        language=User.objects.filter(email__iexact=email).values_list("language", flat=True).first() or language,
        token_hash=hash_of(token),
        invited_by=actor,
        expires_at=now + VALID_FOR,
    )
    invitation.teams.set(teams)
    record(organisation=organisation, actor=actor, action="invitation.sent", about=invitation, email=email, role=role)
    return invitation, token


@transaction.atomic
def renew(*, invitation: Invitation, actor: User, now: dt.datetime | None = None) -> str:
    """A new token and a new fortnight, for sending the invitation again; the old link no longer works."""
    _demand_not_closed(invitation)
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = hash_of(token), (now or timezone.now()) + VALID_FOR
    invitation.sent_at = None
    invitation.save(update_fields=["token_hash", "expires_at", "sent_at"])
    _record(invitation, actor, "invitation.sent_again")
    return token


@transaction.atomic
def withdraw(*, invitation: Invitation, actor: User) -> None:
    _demand_not_closed(invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    _record(invitation, actor, "invitation.withdrawn")


@transaction.atomic
def reopen(*, invitation: Invitation, actor: User) -> None:
    """Take a withdrawal back: the link in the message works again."""
    invitation.withdrawn_at = None
    _demand_not_closed(invitation)
    invitation.save(update_fields=["withdrawn_at"])
    _record(invitation, actor, "invitation.reopened")


@transaction.atomic
def accept(*, invitation: Invitation, user: User, now: dt.datetime | None = None) -> Membership:
    """The invited person takes the place. Raises :class:`InvitationClosedError` or :class:`InvitationForAnotherError`."""
    invitation = Invitation.objects.select_for_update().select_related("organisation").get(pk=invitation.pk)
    now = now or timezone.now()
    _demand_not_closed(invitation)
    if invitation.expires_at <= now:
        raise InvitationClosedError("The invitation has expired.", hint="Ask for a new one.", state="expired")
    if user.email.lower() != invitation.email.lower():
        raise InvitationForAnotherError(
            f"The invitation was sent to {invitation.email}.",
            hint="Sign in with that address.",
            email=user.email,
            invited=invitation.email,
        )
    membership, _new = Membership.objects.get_or_create(
        organisation=invitation.organisation, user=user, defaults={"role": invitation.role}
    )
    membership.teams.add(*invitation.teams.filter(archived_at=None))
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    record(organisation=invitation.organisation, actor=user, action="person.joined", about=user, role=membership.role)
    return membership


@transaction.atomic
def accept_as_new(*, invitation: Invitation, name: str, password: str, language: str) -> User:
    """Make the invited person an account and take the place. The address is proven: the link came to it."""
    user = User.objects.create_user(invitation.email, password, name=name, language=language)
    EmailAddress.objects.filter(user=user).update(verified=True)
    accept(invitation=invitation, user=user)
    return user


def open_invitations(organisation: Organisation, now: dt.datetime) -> models.QuerySet[Invitation]:
    return organisation.invitations.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


def _demand_not_closed(invitation: Invitation) -> None:
    if invitation.accepted_at or invitation.withdrawn_at:
        state = "accepted" if invitation.accepted_at else "withdrawn"
        raise InvitationClosedError(f"The invitation has been {state}.", hint="Send a new one.", state=state)


def _record(invitation: Invitation, actor: User, action: str) -> None:
    record(organisation=invitation.organisation, actor=actor, action=action, about=invitation, email=invitation.email)
