"""The form of a theme: what cannot be is said where it is asked, and no two themes in use have one name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from texts_data import Handmade, reader

from kapula_web.accounts.models import Organisation, User
from kapula_web.texts.models import CodebookTheme
from kapula_web.texts.services.codebook import change_theme, codebook_of, create_theme
from kapula_web.texts.views import theme as views

__all__ = ["reader"]
SignedIn = Callable[[User], Client]
FORM = {"name_fi": "Palautus", "description_fi": "", "examples": "ei kommentoitavaa\n", "colour": "cat-3"}
HTMX = {"HX-Request": "true", "HX-Target": "preview"}


@pytest.fixture
def browser(aurinko: Organisation, reader: Handmade, anna: User, signed_in: SignedIn) -> Client:
    return signed_in(anna)


def new(browser: Client, headers: dict[str, str] | None = None, **fields: str) -> tuple[int, str]:
    response = browser.post(reverse("texts:theme_create", args=["aurinko"]), FORM | fields, headers=headers or {})
    return response.status_code, response.content.decode()


class TestLookingBeforeSaving:
    @pytest.mark.parametrize(
        ("change", "said"),
        [({"name_fi": "", "examples": ""}, "Kirjoita ainakin yksi lause"), ({"examples": "a" * 3_000}, "Lyhennä tätä")],
    )
    def test_what_is_to_be_mended_comes_in_place_of_the_form(
        self, browser: Client, change: dict[str, str], said: str
    ) -> None:
        """With a status that htmx shows; the look at comments that was there before goes, as it was of other words."""
        address = reverse("texts:theme_create", args=["aurinko"])
        response = browser.post(address, FORM | change | {"preview": "1"}, headers=HTMX)
        text = response.content.decode()
        assert (response.status_code, response["HX-Retarget"]) == (200, "#theme-form")
        assert said in text
        assert text.count(" autofocus") == 1
        assert '<section class="preview stack" id="preview" aria-live="polite" hx-swap-oob="true"></section>' in text
        assert "<main" not in text

    def test_when_it_is_mended_the_errors_go(self, browser: Client) -> None:
        _, text = new(browser, HTMX, preview="1", mending="1")
        assert 'id="theme-form" hx-swap-oob="true"' in text
        assert "error" not in text
        _, text = new(browser, HTMX, preview="1")
        assert "theme-form" not in text  # else what is unfolded would fold

    def test_without_scripts_the_whole_page_leads_to_the_field(self, browser: Client) -> None:
        status, text = new(browser, preview="1", name_sv="å" * 81)
        assert status == 422
        assert '<details class="card" open>' in text
        assert text.count(" autofocus") == 1


class TestChangedMeanwhile:
    def test_what_somebody_else_changed_is_not_written_over(self, browser: Client, anna: User) -> None:
        address = reverse("texts:theme_change", args=["aurinko", "waiting_time"])
        seen = re.search(r'name="seen" value="(\w+)"', browser.get(address).content.decode())
        assert seen is not None
        theme = codebook_of(Organisation.objects.get(slug="aurinko")).themes.get(code="waiting_time")
        change_theme(theme=theme, actor=anna, fields={"examples": ["jonotin"]})
        answer = browser.post(address, FORM | {"name_fi": "Jono", "seen": seen[1]})
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "Teema on muuttunut sillä aikaa" in text
        assert "jonotin" in text
        theme.refresh_from_db()
        assert (theme.name, theme.examples) == ("Odotusaika", ["jonotin"])
        again = re.search(r'name="seen" value="(\w+)"', text)
        assert again is not None
        assert browser.post(address, FORM | {"name_fi": "Jono", "seen": again[1]}).status_code == 302

    def test_a_theme_that_nobody_has_changed_is_saved_also_when_the_codebook_is_made_for_it(
        self, browser: Client
    ) -> None:
        address = reverse("texts:theme_change", args=["aurinko", "waiting_time"])
        seen = re.search(r'name="seen" value="(\w+)"', browser.get(address).content.decode())
        assert seen is not None
        assert not CodebookTheme.objects.exists()
        assert browser.post(address, FORM | {"name_fi": "Jono", "seen": seen[1]}).status_code == 302

    def test_a_name_that_was_given_meanwhile_is_told_beside_it(
        self, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Between the form's own look and the saving, as two people at once."""
        book = codebook_of(Organisation.objects.get(slug="aurinko"))
        create_theme(codebook=book, actor=None, fields={"names": {"sv": "Retur"}})
        monkeypatch.setattr(views, "names_taken", lambda *given, **more: {})
        status, text = new(browser, name_sv="RETUR")
        assert status == 422
        assert "Koodikirjassa on jo teema Retur." in text.split('id="id_name_sv"')[1]
        address = reverse("texts:theme_change", args=["aurinko", "waiting_time"])
        assert browser.post(address, FORM | {"name_fi": "retur"}).status_code == 422


class TestNames:
    @pytest.mark.parametrize(
        "names",
        [
            {"name_fi": "Odotusaika"},
            {"name_fi": " ODOTUSAIKA  "},
            {"name_fi": "Jono", "name_en": "odotusaika"},
            {"name_fi": "Waiting time"},
        ],
    )
    def test_a_name_in_use_is_refused_in_any_language(self, browser: Client, names: dict[str, str]) -> None:
        codebook_of(Organisation.objects.get(slug="aurinko")).themes.filter(code="waiting_time").update(
            names={"fi": "Odotusaika", "en": "Waiting time"}
        )
        status, text = new(browser, **names)
        assert status == 422
        assert "Koodikirjassa on jo teema Odotusaika." in text
        assert not CodebookTheme.objects.filter(position__gte=14).exists()

    def test_a_theme_keeps_its_own_name(self, browser: Client) -> None:
        address = reverse("texts:theme_change", args=["aurinko", "waiting_time"])
        assert browser.post(address, FORM | {"name_fi": "odotusaika"}).status_code == 302
        assert browser.post(address, FORM | {"name_fi": "Kassajono"}).status_code == 302
        create_theme(
            codebook=codebook_of(Organisation.objects.get(slug="aurinko")),
            actor=None,
            fields={"names": {"fi": "Jonotus"}},
        )
        assert browser.post(address, FORM | {"name_fi": "Jonotus"}).status_code == 422

    def test_the_name_of_a_retired_theme_is_free_and_then_it_does_not_come_back(self, browser: Client) -> None:
        assert new(browser)[0] == 302
        browser.post(reverse("texts:theme_retire", args=["aurinko", "palautus"]))
        assert new(browser)[0] == 302
        assert CodebookTheme.objects.filter(code__in=("palautus", "palautus_2")).count() == 2
        text = browser.post(reverse("texts:theme_restore", args=["aurinko", "palautus"]), follow=True).content.decode()
        assert "Koodikirjassa on jo teema Palautus." in text
        assert CodebookTheme.objects.get(code="palautus").retired_at is not None


class TestExamples:
    def test_the_label_says_whether_they_are_needed(self, browser: Client) -> None:
        label = '<label for="id_examples" class="label">Esimerkkilauseita'
        own = browser.get(reverse("texts:theme_create", args=["aurinko"])).content.decode()
        known = browser.get(reverse("texts:theme_change", args=["aurinko", "waiting_time"])).content.decode()
        assert f"{label}</label>" in own
        assert f'{label} <span class="optional">(vapaaehtoinen)</span></label>' in known
