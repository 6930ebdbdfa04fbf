"""Invitations, from the owner's click through a real mail server to the new colleague's first page."""

from __future__ import annotations

import datetime as dt
import re
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kapula_web.accounts.errors import (
    AlreadyInvitedError,
    AlreadyMemberError,
    InvitationClosedError,
    InvitationForAnotherError,
)
from kapula_web.accounts.models import Invitation, Organisation, Role, Team, User
from kapula_web.accounts.services import invitations

SignedIn = Callable[[User], Client]
NOW = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)


class Post:
    """A mail server's memory."""

    def __init__(self) -> None:
        self.messages: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.messages.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def post(settings: LazySettings) -> Iterator[Post]:
    """A mail server on a port of its own."""
    seen = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(seen, hostname="127.0.0.1", port=port, ready_timeout=10)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield seen
    server.stop()


@pytest.fixture
def invited(aurinko: Organisation, olga: User) -> tuple[Invitation, str]:
    return invitations.invite(
        organisation=aurinko, actor=olga, email="Uusi@Aurinko.example", role=Role.ANALYST, language="fi"
    )


def link_in(text: str) -> str:
    found = re.search(r"http://testserver(/invitation/[\w/-]+)", text)
    assert found, text
    return found[1]


def test_from_the_owners_click_to_the_colleagues_first_page(
    aurinko: Organisation, helpline: Team, olga: User, post: Post, signed_in: SignedIn
) -> None:
    data = {"email": "Ny@aurinko.example", "role": "team_lead", "teams": [helpline.pk], "language": "sv"}
    signed_in(olga).post(reverse("invite", args=["aurinko"]), data)
    (message,) = post.messages
    assert message["To"] == "ny@aurinko.example"
    assert message["Subject"] == "Inbjudan till Kapula: Aurinko"
    client = Client()
    link = link_in(message.get_content())
    assert '<html lang="sv"' in client.get(link).content.decode()
    account = {"name": "Nina", "language": "sv", "password": "hav-moln-cykel-7"}
    assert client.post(link, account)["Location"] == "/o/aurinko/"
    nina = User.objects.get(email="ny@aurinko.example")
    place = nina.memberships.get()
    assert (place.role, list(place.teams.all()), nina.language) == (Role.TEAM_LEAD, [helpline], "sv")
    assert client.get("/")["Location"] == "/o/aurinko/"
    assert client.get(link).status_code == 410


def test_without_a_mail_server_the_owner_gets_the_link_once(
    aurinko: Organisation, olga: User, settings: LazySettings, signed_in: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens to the discard port
    client = signed_in(olga)
    data = {"email": "uusi@aurinko.example", "role": "member", "language": "fi"}
    page = client.post(reverse("invite", args=["aurinko"]), data, follow=True).content.decode()
    assert Client().get(link_in(page)).status_code == 200
    assert "testserver/invitation/" not in client.get(reverse("people", args=["aurinko"])).content.decode()
    assert "could not be sent" in caplog.text


def test_opening_the_link_takes_nothing(invited: tuple[Invitation, str]) -> None:
    """Mail scanners open links."""
    invitation, token = invited
    assert Client().get(reverse("invitation", args=[token])).status_code == 200
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_the_token_is_not_in_the_database(invited: tuple[Invitation, str]) -> None:
    invitation, token = invited
    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values())


def test_it_lasts_a_fortnight(aurinko: Organisation, olga: User, mia: User) -> None:
    invitation, _token = invitations.invite(
        organisation=aurinko, actor=olga, email="x@x.example", role=Role.MEMBER, language="fi", now=NOW
    )
    guest = User.objects.create_user("x@x.example")
    with pytest.raises(InvitationClosedError):
        invitations.accept(invitation=invitation, user=guest, now=NOW + dt.timedelta(days=14))
    assert invitations.accept(invitation=invitation, user=guest, now=NOW + dt.timedelta(days=13, hours=23))


def test_an_expired_link_says_so(invited: tuple[Invitation, str]) -> None:
    Invitation.objects.update(expires_at=timezone.now())
    answer = Client().get(reverse("invitation", args=[invited[1]]))
    assert answer.status_code == 410
    assert "vanhentunut" in answer.content.decode()


def test_sending_again_makes_a_new_link_and_kills_the_old(
    aurinko: Organisation, olga: User, invited: tuple[Invitation, str], signed_in: SignedIn
) -> None:
    invitation, old = invited
    signed_in(olga).post(reverse("invitation_resend", args=["aurinko", invitation.pk]))
    new = link_in(mail.outbox[0].body)
    assert Client().get(new).status_code == 200
    assert Client().get(reverse("invitation", args=[old])).status_code == 404


def test_a_withdrawn_one_is_closed_until_it_is_reopened(
    aurinko: Organisation, olga: User, invited: tuple[Invitation, str], signed_in: SignedIn
) -> None:
    invitation, token = invited
    client = signed_in(olga)
    client.post(reverse("invitation_withdraw", args=["aurinko", invitation.pk]))
    assert Client().get(reverse("invitation", args=[token])).status_code == 410
    client.post(reverse("invitation_reopen", args=["aurinko", invitation.pk]))
    assert Client().get(reverse("invitation", args=[token])).status_code == 200


def test_someone_with_an_account_signs_in_and_joins(
    invited: tuple[Invitation, str], aurinko: Organisation, signed_in: SignedIn
) -> None:
    link = reverse("invitation", args=[invited[1]])
    known = User.objects.create_user("uusi@aurinko.example", "correct-horse")
    assert f"{reverse('account_login')}?next={link}" in Client().get(link).content.decode()
    assert signed_in(known).post(link)["Location"] == "/o/aurinko/"
    assert known.memberships.get().role == Role.ANALYST


def test_it_is_for_the_invited_address_only(invited: tuple[Invitation, str], sten: User, signed_in: SignedIn) -> None:
    with pytest.raises(InvitationForAnotherError):
        invitations.accept(invitation=invited[0], user=sten)
    signed_in(sten).post(reverse("invitation", args=[invited[1]]))
    assert sten.memberships.count() == 1


def test_one_is_not_invited_twice(aurinko: Organisation, olga: User, invited: tuple[Invitation, str]) -> None:
    with pytest.raises(AlreadyInvitedError):
        invitations.invite(
            organisation=aurinko, actor=olga, email="uusi@aurinko.example", role=Role.MEMBER, language="fi"
        )
    with pytest.raises(AlreadyMemberError):
        invitations.invite(organisation=aurinko, actor=olga, email=olga.email, role=Role.MEMBER, language="fi")


def test_a_weak_password_is_refused_with_a_reason(invited: tuple[Invitation, str]) -> None:
    page = Client().post(reverse("invitation", args=[invited[1]]), {"language": "fi", "password": "salasana"})
    assert 'id="id_password_error"' in page.content.decode()
    assert not User.objects.filter(email="uusi@aurinko.example").exists()


def test_an_address_that_has_an_account_is_written_to_in_its_language(aurinko: Organisation, olga: User) -> None:
    User.objects.create_user("ada@x.example", language="en")
    invitation, _token = invitations.invite(
        organisation=aurinko, actor=olga, email="ada@x.example", role=Role.MEMBER, language="fi"
    )
    assert invitation.language == "en"
