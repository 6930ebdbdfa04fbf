"""Pages of organisations and people, and allauth's own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from pages import ANYONE, SIGNED_IN, Page

from kapula_web.accounts.models import Invitation, Membership, Organisation, Role, User
from kapula_web.accounts.services.invitations import hash_of


def a_team(organisation: Organisation) -> dict[str, Any]:
    return {"team": organisation.teams.create(name="Laskutus", code="invoicing").pk}


def a_person(organisation: Organisation) -> dict[str, Any]:
    user = User.objects.create(email="pia@aurinko.example", name="Pia")
    return {"person": Membership.objects.create(organisation=organisation, user=user, role=Role.MEMBER).pk}


def a_removed_person(organisation: Organisation) -> dict[str, Any]:
    user = User.objects.create(email="pia@aurinko.example", name="Pia")
    details = {"role": Role.MEMBER, "team_ids": []}
    organisation.audit_entries.create(action="person.removed", object_id=str(user.pk), details=details)
    return {"user": user.pk}


def an_invitation(organisation: Organisation) -> dict[str, Any]:
    return {"invitation": _invitation(organisation).pk}


def an_invitation_link(organisation: Organisation) -> dict[str, Any]:
    _invitation(organisation)
    return {"token": "a-token"}


def _invitation(organisation: Organisation) -> Invitation:
    return organisation.invitations.create(
        email="uusi@aurinko.example",
        role=Role.MEMBER,
        token_hash=hash_of("a-token"),
        expires_at=timezone.now() + dt.timedelta(days=14),
    )


def _allauth(names: str, right: str, **more: Any) -> list[Page]:
    return [Page(name, right, posts=True, **more) for name in names.split()]


PAGES = [
    Page("home", SIGNED_IN, looks=False),
    Page("organisation_chooser", SIGNED_IN),
    Page("organisation_new", SIGNED_IN, posts=True, looks=False, status=403),
    Page("person_settings", SIGNED_IN, posts=True),
    Page("set_language", ANYONE, method="POST", data={"language": "sv"}),
    Page("set_theme", ANYONE, method="POST", data={"theme": "dark"}),
    Page("invitation", ANYONE, make=an_invitation_link, posts=True),
    Page("organisation_settings", "manage", posts=True, data={"name": "Aurinko", "language": "fi", "minimum_n": "5"}),
    Page("teams", "manage", posts=True, data={"name": "Laskutus"}),
    Page("team", "manage", make=a_team, posts=True, data={"name": "Laskutus", "code": "x"}),
    Page("team_archive", "manage", make=a_team, method="POST"),
    Page("team_restore", "manage", make=a_team, method="POST"),
    Page("people", "manage"),
    Page("invite", "manage", posts=True, data={"email": "toinen@aurinko.example", "role": "member", "language": "fi"}),
    Page("person", "manage", make=a_person, posts=True, data={"role": "analyst"}),
    Page("person_remove", "manage", make=a_person, method="POST"),
    Page("person_restore", "manage", make=a_removed_person, method="POST"),
    Page("invitation_resend", "manage", make=an_invitation, method="POST"),
    Page("invitation_withdraw", "manage", make=an_invitation, method="POST"),
    Page("invitation_reopen", "manage", make=an_invitation, method="POST"),
    Page("audit_log", "manage"),
    Page("audit_log_csv", "manage", looks=False),
    *_allauth("account_login account_reset_password", ANYONE),
    *_allauth(
        "account_signup account_inactive account_email_verification_sent account_confirm_login_code "
        "account_reset_password_done account_reset_password_from_key_done socialaccount_login_cancelled",
        ANYONE,
    ),
    *_allauth("socialaccount_login_error", ANYONE, status=401),
    *_allauth("mfa_authenticate socialaccount_signup account_logout", ANYONE, looks=False),
    *_allauth("account_email account_change_password mfa_index socialaccount_connections", SIGNED_IN),
    *_allauth("account_reauthenticate account_set_password", SIGNED_IN),
    *_allauth("mfa_activate_totp mfa_generate_recovery_codes", SIGNED_IN),
    *_allauth("mfa_reauthenticate mfa_deactivate_totp mfa_view_recovery_codes", SIGNED_IN, looks=False, status=404),
    *_allauth("mfa_download_recovery_codes", SIGNED_IN, looks=False, status=404),
    *_allauth("account_confirm_email", ANYONE, make=lambda _o: {"key": "x"}),
    *_allauth("account_reset_password_from_key", ANYONE, make=lambda _o: {"uidb36": "1", "key": "x-y"}),
    *_allauth(
        "openid_connect_login openid_connect_callback",
        ANYONE,
        make=lambda _o: {"provider_id": "oidc"},
        looks=False,
        status=404,
    ),
]
