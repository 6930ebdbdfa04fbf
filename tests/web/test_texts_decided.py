"""What is decided of found themes is decided once, and what is found survives comments that go meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pages_topics import found
from texts_data import reader
from topics_data import PARKING, said

from kapula.text.topics import Discovery
from kapula_web.accounts.models import AuditEntry, Organisation, User
from kapula_web.texts.models import CodebookTheme, DiscoveredMention, DiscoveredTheme, EmergingAlert
from kapula_web.texts.services.codebook import codebook_of, retire_theme
from kapula_web.texts.topics import deciding, searching

__all__ = ["reader"]
pytestmark = pytest.mark.usefixtures("reader")
SignedIn = Callable[[User], Client]


@pytest.fixture
def post(aurinko: Organisation, anna: User, signed_in: SignedIn) -> Callable[[str], str]:
    """Press a button of the found theme: the page that follows."""
    found(aurinko)
    client = signed_in(anna)

    def press(name: str) -> str:
        address = reverse(f"texts:topic_{name}", args=["aurinko", "tabc"])
        return client.post(address, follow=True).content.decode()

    return press


def in_use() -> list[str]:
    return list(CodebookTheme.objects.filter(code__startswith="found_", retired_at=None).values_list("code", flat=True))


def state() -> tuple[str, str]:
    theme = DiscoveredTheme.objects.get()
    return theme.state, theme.code


class TestDeciding:
    def test_a_second_click_makes_no_second_theme_and_the_page_says_why(self, post: Callable[[str], str]) -> None:
        post("merge")
        told = post("merge")
        assert in_use() == ["found_tabc"]
        assert state() == ("merged", "found_tabc")
        assert "pysäköintihallin · portti on jo lisätty koodikirjaan." in told
        assert AuditEntry.objects.filter(action="topics.merged").count() == 1
        post("back")
        assert (in_use(), state()) == ([], ("open", ""))

    def test_what_is_in_the_codebook_cannot_be_dismissed_beside_it(self, post: Callable[[str], str]) -> None:
        post("merge")
        assert "on jo lisätty koodikirjaan" in post("dismiss")
        assert state() == ("merged", "found_tabc")
        post("back")
        assert (in_use(), state()) == ([], ("open", ""))

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_a_name_that_a_theme_has_in_any_language_is_refused_as_the_form_refuses_it(
        self, aurinko: Organisation, post: Callable[[str], str], language: str
    ) -> None:
        theme = codebook_of(aurinko).themes.first()
        assert theme is not None
        theme.names[language] = "PYSÄKÖINTIHALLIN"
        theme.save()
        told = post("merge")
        assert f"Koodikirjassa on jo teema {theme.name}. Anna tälle toinen nimi, tai muuta sitä teemaa." in told
        assert (in_use(), state()) == ([], ("open", ""))
        retire_theme(theme=theme, actor=None)
        post("merge")
        assert state() == ("merged", "found_tabc")

    def test_what_is_dismissed_is_merged_only_after_it_was_taken_back(self, post: Callable[[str], str]) -> None:
        post("dismiss")
        assert "pysäköintihallin · portti on jo hylätty" in post("merge")
        assert (in_use(), state()) == ([], ("dismissed", ""))
        post("back")
        post("merge")
        assert (in_use(), state()) == (["found_tabc"], ("merged", "found_tabc"))

    def test_taking_back_twice_changes_nothing_the_second_time(self, post: Callable[[str], str]) -> None:
        post("dismiss")
        for _ in range(2):
            assert "Teema on taas ehdotettujen joukossa." in post("back")
        assert AuditEntry.objects.filter(action="topics.taken_back").count() == 1

    def test_a_page_that_is_older_than_anothers_decision_is_refused(self, aurinko: Organisation, olga: User) -> None:
        found(aurinko)
        older, newer = (DiscoveredTheme.objects.get(organisation=aurinko) for _ in range(2))
        assert deciding.dismiss(theme=newer, actor=olga)
        assert deciding.merge(theme=older, actor=olga) is None
        assert (older.state, in_use()) == ("dismissed", [])


@pytest.mark.django_db
class TestSearching:
    def test_a_comment_deleted_meanwhile_is_left_out(
        self, aurinko: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = said(aurinko)
        discover, gone = searching.discover, []

        def slow(*given: Any, **more: Any) -> Discovery:
            told = discover(*given, **more)
            gone.append(made[told.themes[0].comments[0]].pk)
            made[told.themes[0].comments[0]].response.delete()
            return told

        monkeypatch.setattr(searching, "discover", slow)
        searching.search(aurinko, SimpleNamespace(report=lambda done, total: None))
        connection.check_constraints()
        assert gone
        assert DiscoveredMention.objects.count() == sum(one.n for one in DiscoveredTheme.objects.all()) - 1
        assert list(
            DiscoveredMention.objects.filter(place=0).values_list("theme", flat=True).order_by("theme")
        ) == list(DiscoveredTheme.objects.values_list("pk", flat=True).order_by("pk"))

    @pytest.mark.parametrize(("at", "kept"), [("21:30", 1), ("22:30", 0)])
    def test_how_old_an_alert_is_goes_by_the_day_of_the_house(self, at: str, kept: int, aurinko: Organisation) -> None:
        """The week began sixty days before 6 March; at 22.30 UTC it is the 7th in Helsinki."""
        said(aurinko, PARKING)
        told = {"window": 1, "count": 30, "total": 80, "expected": 2.5, "ratio": 12.0, "low": 5.0, "high": 30.0,
                "p": 1e-9, "current": False}  # fmt: skip
        alert = SimpleNamespace(current=False, period="2026-W02", topic="waiting_time", to_dict=lambda: told)
        now = datetime.fromisoformat(f"2026-03-06T{at}").replace(tzinfo=UTC)
        searching.keep_alerts(aurinko, SimpleNamespace(alerts=[alert]), now)
        assert EmergingAlert.objects.count() == kept
