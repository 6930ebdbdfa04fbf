"""Reading organisations, people, teams, invitations and the audit log. The organisation comes first."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from kapula_web.accounts.models import Invitation, Organisation


def organisations_of(user: Any) -> list[Organisation]:
    """The organisations the person belongs to, by name."""
    return list(Organisation.objects.filter(memberships__user_id=user.pk).order_by("name"))


def may_create_organisation(user: Any) -> bool:
    """Anyone who has signed in where the installation is open (KAPULA_OPEN_ORGANISATIONS); else only the first, while there is none but the
    example."""
    if not user.is_active:
        return False
    return settings.OPEN_ORGANISATIONS or not Organisation.objects.filter(is_example=False).exists()


def invitations_for(user: Any) -> list[Invitation]:
    """Open invitations to the person's address."""
    return list(
        Invitation.objects.filter(
            email__iexact=user.email,
            accepted_at=None,
            withdrawn_at=None,
            expires_at__gt=timezone.now(),
        ).select_related("organisation")
    )
