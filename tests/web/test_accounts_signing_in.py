"""Signing in: by e-mail and password, with a second factor, through the house's own service; and never by signing up."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.conf import LazySettings
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from kapula_web.accounts.adapter import InvitedSocialAdapter
from kapula_web.accounts.models import Organisation, Role, User
from kapula_web.accounts.services import invitations
from kapula_web.kit import environment

SignedIn = Callable[[User], Client]


def sign_in(client: Client, password: str = "correct-horse") -> str:
    return client.post(reverse("account_login"), {"login": "mia@aurinko.example", "password": password})


def test_by_email_and_password(mia: User) -> None:
    assert sign_in(Client())["Location"] == "/"


def test_a_wrong_password_is_said_beside_the_form(mia: User) -> None:
    answer = sign_in(Client(), "wrong-horse")
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()


def test_labels_stand_above_fields_and_nothing_is_a_placeholder(db: None) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert '<label for="id_login" class="label">' in page
    assert "placeholder=" not in page
    assert 'autocomplete="current-password"' in page


def test_nobody_signs_up_on_their_own(db: None) -> None:
    data = {"email": "x@x.example", "password1": "hav-moln-cykel-7"}
    assert "kutsulla" in Client().post(reverse("account_signup"), data).content.decode()
    assert not User.objects.exists()


def test_a_forgotten_password_is_renewed_by_mail(mia: User) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": mia.email})
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "hav-moln-cykel-7", "password2": "hav-moln-cykel-7"})
    assert sign_in(Client(), "hav-moln-cykel-7")["Location"] == "/"


def test_the_second_factor_is_asked_for(mia: User) -> None:
    secret = generate_totp_secret()
    data = {"secret": get_adapter().encrypt(secret)}
    Authenticator.objects.create(user=mia, type=Authenticator.Type.TOTP, data=data)
    client = Client()
    assert sign_in(client)["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/")["Location"].startswith(reverse("account_login"))
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post(reverse("mfa_authenticate"), {"code": code})["Location"] == "/"


def test_the_houses_own_service_is_offered_when_it_is_set(
    db: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    login = reverse("openid_connect_login", args=["oidc"])
    assert login not in Client().get(reverse("account_login")).content.decode()
    monkeypatch.setenv("KAPULA_OIDC_SERVER", "https://id.aurinko.example")
    monkeypatch.setenv("KAPULA_OIDC_CLIENT_ID", "kapula")
    monkeypatch.setenv("KAPULA_OIDC_SECRET", "s")
    monkeypatch.setenv("KAPULA_OIDC_NAME", "Aurinko-tunnus")
    settings.SOCIALACCOUNT_PROVIDERS = environment.oidc()
    page = Client().get(reverse("account_login")).content.decode()
    assert login in page
    assert "Aurinko-tunnus" in page


def test_half_a_setting_fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAPULA_OIDC_SERVER", "https://id.aurinko.example")
    with pytest.raises(ImproperlyConfigured, match="KAPULA_OIDC_CLIENT_ID and KAPULA_OIDC_SECRET"):
        environment.oidc()


@pytest.mark.parametrize(
    ("email", "verified", "opens"),
    [("uusi@x.example", True, True), ("uusi@x.example", False, False), ("muu@x.example", True, False)],
)
def test_through_it_an_account_is_made_only_for_the_invited(
    aurinko: Organisation, olga: User, email: str, verified: bool, opens: bool
) -> None:
    invitations.invite(
        organisation=aurinko, actor=olga, email="uusi@x.example", role=Role.MEMBER, language="fi", now=timezone.now()
    )
    login = SimpleNamespace(email_addresses=[SimpleNamespace(email=email, verified=verified)])
    assert InvitedSocialAdapter().is_open_for_signup(RequestFactory().get("/"), login) is opens
