"""The cast of the web tests: two organisations, and people who may and may not.

Olga owns Aurinko, Anna analyses it, Leo leads its team Helpline, Mia is a member, Rauno only reads. Sten owns Strand and is a
stranger to Aurinko. ``client`` is nobody.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from kapula_web.accounts.models import Membership, Organisation, Role, Team, User


@pytest.fixture(autouse=True)
def _quick(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A fast hasher, plain storage and a data folder of the test's own."""
    folder = tmp_path_factory.mktemp("data")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DATA_DIR = folder
    settings.SNAPSHOT_DIR = folder / "snapshot"
    settings.IMPORT_DIR = folder / "imports"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def aurinko(db: None) -> Organisation:
    return Organisation.objects.create(name="Aurinko", slug="aurinko")


@pytest.fixture
def strand(db: None) -> Organisation:
    return Organisation.objects.create(name="Strand", slug="strand", language="sv")


@pytest.fixture
def helpline(aurinko: Organisation) -> Team:
    return Team.objects.create(organisation=aurinko, name="Puhelinpalvelu", code="helpline")


def person(email: str, organisation: Organisation, role: str) -> User:
    user = User.objects.create_user(email, "correct-horse", name=email.split("@")[0].title())
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


@pytest.fixture
def olga(aurinko: Organisation) -> User:
    return person("olga@aurinko.example", aurinko, Role.OWNER)


@pytest.fixture
def anna(aurinko: Organisation) -> User:
    return person("anna@aurinko.example", aurinko, Role.ANALYST)


@pytest.fixture
def leo(aurinko: Organisation, helpline: Team) -> User:
    user = person("leo@aurinko.example", aurinko, Role.TEAM_LEAD)
    user.memberships.get().teams.add(helpline)
    return user


@pytest.fixture
def mia(aurinko: Organisation) -> User:
    return person("mia@aurinko.example", aurinko, Role.MEMBER)


@pytest.fixture
def rauno(aurinko: Organisation) -> User:
    return person("rauno@aurinko.example", aurinko, Role.READER)


@pytest.fixture
def sten(strand: Organisation) -> User:
    return person("sten@strand.example", strand, Role.OWNER)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which the person has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
