"""Sign-up is by invitation: an installation belongs to its organisations, not to whoever finds its address."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from kapula_web.accounts.models import Invitation


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class InvitedSocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Through the house's own sign-in service an account is made for those who hold an open invitation."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        proven = [address.email for address in sociallogin.email_addresses if address.verified]
        invited = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
        return any(invited.filter(email__iexact=email).exists() for email in proven)
