"""Reading organisations, people, teams, invitations and the audit log. The organisation comes first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from kapula_web.accounts.models import AuditEntry, Invitation, Membership, Organisation, Team, User


def organisations_of(user: Any) -> list[Organisation]:
    """The organisations the person belongs to, by name."""
    return list(Organisation.objects.filter(memberships__user_id=user.pk).order_by("name"))


def may_create_organisation(user: Any) -> bool:
    """Anyone who has signed in where the installation is open (KAPULA_OPEN_ORGANISATIONS); else only while there is no organisation
    but the example."""
    return settings.OPEN_ORGANISATIONS or not Organisation.objects.filter(is_example=False).exists()


def invitations_for(user: Any) -> list[Invitation]:
    """Open invitations to the person's address."""
    found = _open(Invitation.objects.filter(email__iexact=user.email), timezone.now())
    return list(found.select_related("organisation"))


def people(organisation: Organisation) -> list[Membership]:
    """Everyone in the organisation with their teams, by name."""
    found = organisation.memberships.select_related("user").prefetch_related("teams")
    return sorted(found, key=lambda membership: str(membership.user).casefold())


def waiting_invitations(organisation: Organisation, now: dt.datetime | None = None) -> list[Invitation]:
    """Invitations nobody has taken or withdrawn, the expired ones too: they can be sent again."""
    found = organisation.invitations.filter(accepted_at=None, withdrawn_at=None).order_by("-id")
    return [_with_state(invitation, now or timezone.now()) for invitation in found]


def teams(organisation: Organisation, *, archived: bool = False) -> QuerySet[Team]:
    """Teams in use (or those put away), with ``size``, how many people are in each."""
    return (
        organisation.teams.filter(archived_at__isnull=not archived).annotate(size=Count("memberships")).order_by("name")
    )


def audit_log(organisation: Organisation, *, actor: str = "", action: str = "") -> QuerySet[AuditEntry]:
    """The log, latest first; ``actor`` is a person's id, ``action`` a code."""
    found = organisation.audit_entries.select_related("actor")
    if actor.isdecimal():
        found = found.filter(actor_id=int(actor))
    return found.filter(action=action) if action else found


def actors(organisation: Organisation) -> list[User]:
    """People who have done something that the log tells of."""
    ids = organisation.audit_entries.order_by().values("actor_id").distinct()
    return sorted(User.objects.filter(pk__in=ids), key=lambda user: str(user).casefold())


def actions(organisation: Organisation) -> list[str]:
    return sorted(organisation.audit_entries.order_by().values_list("action", flat=True).distinct())


def _open(invitations: QuerySet[Invitation], now: dt.datetime) -> QuerySet[Invitation]:
    return invitations.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


def _with_state(invitation: Invitation, now: dt.datetime) -> Invitation:
    invitation.expired = invitation.expires_at <= now  # type: ignore[attr-defined]
    return invitation
