"""The shell of a page: its places, its headers, its errors; and no script or style inside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import Client
from django.urls import reverse

import kapula_web
from kapula_web.accounts.models import Organisation, User
from kapula_web.kit import navigation

SignedIn = Callable[[User], Client]
SOURCE = Path(kapula_web.__file__).parent
TEMPLATES = sorted(path for path in SOURCE.rglob("*.html"))


@pytest.fixture
def places() -> Iterator[None]:
    kept = dict(navigation.PLACES)
    navigation.PLACES.clear()
    yield
    navigation.PLACES.clear()
    navigation.PLACES.update(kept)


class TestTheRail:
    def test_it_holds_only_what_the_person_may_open(self, places: None, mia: User, olga: User) -> None:
        navigation.place("people", "Ihmiset", "people", right="manage", order=20)
        navigation.place("teams", "Tiimit", "teams", right="see", order=10)
        seen = [link.code for link in navigation.links(mia.memberships.get(), "/")]
        assert seen == ["teams"]
        assert [link.code for link in navigation.links(olga.memberships.get(), "/")] == ["teams", "people"]

    def test_the_longest_address_is_where_we_are(self, places: None, olga: User) -> None:
        navigation.place("settings", "Asetukset", "organisation_settings", right="see", order=1)
        navigation.place("people", "Ihmiset", "people", right="see", order=2)
        found = navigation.links(olga.memberships.get(), reverse("invite", args=["aurinko"]))
        assert [link.current for link in found] == ["", "true"]
        found = navigation.links(olga.memberships.get(), reverse("people", args=["aurinko"]))
        assert [link.current for link in found] == ["", "page"]

    def test_what_waits_is_counted(self, places: None, olga: User) -> None:
        navigation.place("people", "Ihmiset", "people", right="see", order=2, count=lambda _membership: 7)
        (link,) = navigation.links(olga.memberships.get(), "/")
        assert link.count == 7

    def test_a_place_cannot_be_registered_twice(self, places: None) -> None:
        navigation.place("x", "X", "people", right="see", order=1)
        with pytest.raises(ValueError, match="twice"):
            navigation.place("x", "X", "teams", right="see", order=1)

    def test_every_registered_place_opens(self, aurinko: Organisation, olga: User, signed_in: SignedIn) -> None:
        client = signed_in(olga)
        for group in navigation.GROUPS:
            for link in navigation.links(olga.memberships.get(), "/", group):
                assert client.get(link.href).status_code == 200, link.href


def test_the_policy_allows_nothing_inline(olga: User, signed_in: SignedIn) -> None:
    policy = signed_in(olga).get(reverse("people", args=["aurinko"]))["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_a_style_or_a_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r'\sstyle="|<style|\son[a-z]+="', text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
    assert len(text.splitlines()) <= 80


def test_htmx_brings_no_style_of_its_own(olga: User, signed_in: SignedIn) -> None:
    assert '"includeIndicatorStyles":false' in signed_in(olga).get(reverse("people", args=["aurinko"])).content.decode()


class TestErrors:
    @pytest.mark.parametrize(
        ("language", "words"), [("fi", "Sivua ei löydy"), ("sv", "Sidan finns inte"), ("en", "Page not found")]
    )
    def test_not_found_in_the_readers_language(self, db: None, language: str, words: str) -> None:
        answer = Client().get("/nowhere/", headers={"accept-language": language})
        assert answer.status_code == 404
        assert words in answer.content.decode()

    def test_without_the_right_one_is_told_ones_role(self, mia: User, signed_in: SignedIn) -> None:
        answer = signed_in(mia).get(reverse("people", args=["aurinko"]))
        assert answer.status_code == 403
        assert "jäsen" in answer.content.decode()

    @pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
    def test_errors_are_drawn_without_a_request(self, name: str) -> None:
        page = engines["django"].from_string(f'{{% extends "{name}" %}}').render()
        assert "<h1>" in page
        assert "csrfmiddlewaretoken" not in page

    def test_a_crash_tells_nothing_of_itself(
        self, olga: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = signed_in(olga)
        client.raise_request_exception = False
        monkeypatch.setattr("kapula_web.accounts.selectors.people", lambda _organisation: 1 / 0)
        answer = client.get(reverse("people", args=["aurinko"]))
        assert answer.status_code == 500
        assert "ZeroDivisionError" not in answer.content.decode()


def test_static_files_are_named_as_they_are() -> None:
    """The production storage gives each file its hash and fails on a name that is not there."""
    named = {name for path in TEMPLATES for name in re.findall(r"{% static ['\"]([^'\"]+)['\"] %}", path.read_text())}
    assert "kit/tokens.css" in named
    assert [name for name in sorted(named) if finders.find(name) is None] == []
