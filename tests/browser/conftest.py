"""A real browser against a live server. Without Chromium the tests are skipped with a reason; in CI that is a failure."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "web"))

from kapula_web.accounts.models import Membership, Organisation, Role, User

CHROMIUM = os.environ.get("KAPULA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@pytest.fixture(autouse=True)
def _quick(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same as in the web tests: a fast hasher, plain storage and a data folder of the test's own."""
    folder = tmp_path_factory.mktemp("data")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DATA_DIR = folder
    settings.SNAPSHOT_DIR = folder / "snapshot"
    settings.IMPORT_DIR = folder / "imports"


@pytest.fixture(scope="session", autouse=True)
def _static_root(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The live server takes static files from their sources; the folder of collected ones only has to be there."""
    django_settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        reason = "needs Chromium (apt install chromium, or KAPULA_CHROMIUM)"
        if os.environ.get("KAPULA_CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    kept = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # Playwright keeps a loop in this thread; the database is not in it
    )
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()
    if kept is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def aurinko(db: None) -> Organisation:
    return Organisation.objects.create(name="Aurinkokivi Energia", slug="aurinko")


@pytest.fixture
def olga(aurinko: Organisation) -> User:
    user = User.objects.create_user("olga@aurinko.example", "correct-horse", name="Olga")
    Membership.objects.create(user=user, organisation=aurinko, role=Role.OWNER)
    return user


@pytest.fixture
def visit(browser: Browser, live_server: object) -> Iterator[Callable[..., Page]]:
    """``visit(user, width=1280, theme="light")`` opens a window in which the person (or nobody) has signed in."""
    opened: list[BrowserContext] = []

    def open_window(user: User | None = None, *, width: int = 1280, theme: str = "light", language: str = "fi") -> Page:
        context = browser.new_context(
            base_url=str(live_server), viewport={"width": width, "height": 844}, color_scheme=theme, locale=language
        )
        opened.append(context)
        if user is not None:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": str(live_server)}])
        return context.new_page()

    yield open_window
    for context in opened:
        context.close()
    _answered()


def _answered() -> None:
    """The server's threads end with the windows' connections, each closing the test's database: before the next test has its own."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=5)
