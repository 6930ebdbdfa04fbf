"""The codebook's pages: what is spoken of, themes edited, and how past comments would be coded before anything is saved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from texts_data import Handmade, comments, reader

from kapula_web.accounts.models import AuditEntry, Organisation, Team, User
from kapula_web.jobs import services as jobs
from kapula_web.jobs.models import Job
from kapula_web.ledger.models import Comment, Response
from kapula_web.texts.models import Codebook, CodebookTheme, CommentAnalysis
from kapula_web.texts.selectors import told_of
from kapula_web.texts.services import asking
from kapula_web.texts.services.codebook import codebook_of
from kapula_web.texts.services.previewing import PATIENCE, STEP, trial

__all__ = ["reader"]
SignedIn = Callable[[User], Client]
TEXTS = ["Jonotin tunnin, huono"] * 12 + ["Ystävällinen palvelu"] * 6 + ["Ei kommentoitavaa"] * 6
FORM = {"name_fi": "Palautus", "description_fi": "", "examples": "ei kommentoitavaa\n", "colour": "cat-3"}


@pytest.fixture
def read(aurinko: Organisation, reader: Handmade) -> list[Comment]:
    """24 comments, read: half of them of the waiting, a quarter of the attitude."""
    made = comments(aurinko, TEXTS)
    asking.ask_if_needed(aurinko)
    jobs.run_due()
    return made


def page(client: Client, name: str = "texts:codebook", *args: object, **query: str) -> str:
    response = client.get(reverse(name, args=["aurinko", *args]), query)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


class TestTheList:
    def test_the_answer_is_what_is_spoken_of_most_with_its_interval(
        self, read: list[Comment], rauno: User, signed_in: SignedIn
    ) -> None:
        text = page(signed_in(rauno))
        assert "Eniten puhutaan teemasta Odotusaika: 50 % kommenteista (31–69 %)." in text
        assert "Luettuja kommentteja 24." in text
        assert "kielteinen 100 % (76–100 %)" in text
        assert "sävyä ei näytetä: alle 10 mainintaa" in text

    def test_a_theme_no_comment_has_been_read_with_says_so_and_not_that_nobody_speaks_of_it(
        self, aurinko: Organisation, read: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        browser = signed_in(anna)
        browser.post(reverse("texts:theme_create", args=["aurinko"]), FORM | {"examples": "ei löydy mistään"})
        for text in (page(browser, "texts:theme", "palautus"), page(browser)):
            assert "ommentteja ei ole vielä luettu tämän teeman kanssa" in text
            assert "0,0" not in text
        version = asking.version_of(aurinko)
        CommentAnalysis.objects.filter(pk__in=[one.pk for one in read[:8]]).update(version=version)
        assert "Palautus: ei mainintoja vielä: luettu 8/24 kommenttia" in page(browser, "texts:theme", "palautus")
        assert "mainitaan 50 %:ssa" in page(browser, "texts:theme", "waiting_time")
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        assert "mainitaan 0,0 %:ssa" in page(browser, "texts:theme", "palautus")
        assert "ei mainintoja<" in page(browser)

    def test_few_comments_show_no_figures(
        self, aurinko: Organisation, reader: Handmade, rauno: User, signed_in: SignedIn
    ) -> None:
        comments(aurinko, TEXTS[:9])
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        text = page(signed_in(rauno))
        assert "%" not in text.split("<main")[1].split("</main>")[0]
        assert "Mistä asiakkaamme puhuvat?" in text

    def test_without_comments_it_says_what_it_needs(
        self, aurinko: Organisation, reader: Handmade, anna: User, signed_in: SignedIn
    ) -> None:
        text = page(signed_in(anna))
        assert "Täällä näet, mistä asiakkaat puhuvat" in text
        assert "Tuo tiedosto" in text
        assert "Odotusaika" in text
        assert not Codebook.objects.exists()

    def test_it_says_how_far_the_reading_is_and_it_can_be_stopped_and_gone_on_with(
        self, aurinko: Organisation, reader: Handmade, olga: User, signed_in: SignedIn
    ) -> None:
        comments(aurinko, TEXTS)
        browser = signed_in(olga)
        assert "Uusia kommentteja luetaan pian" in page(browser)
        job = asking.ask_if_needed(aurinko)
        assert job is not None
        assert "Kommentit odottavat lukemista." in page(browser)
        Job.objects.filter(pk=job.pk).update(state="running", done=8, total=24)
        assert "8 / 24" in page(browser)
        browser.post(reverse("jobs:cancel", args=["aurinko", job.pk]))
        assert "Kommenttien lukeminen on keskeytetty." in page(browser)
        browser.post(reverse("texts:read_on", args=["aurinko"]))
        jobs.run_due()
        assert CommentAnalysis.objects.count() == 24
        fragment = browser.get(reverse("texts:reading", args=["aurinko"]))
        assert fragment["HX-Refresh"] == "true"


class TestEditing:
    def test_a_new_theme_is_looked_for_in_all_comments(
        self, aurinko: Organisation, read: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        browser = signed_in(anna)
        browser.post(reverse("texts:theme_create", args=["aurinko"]), FORM)
        theme = CodebookTheme.objects.get(code="palautus")
        assert (theme.names, theme.examples, theme.position) == ({"fi": "Palautus"}, ["ei kommentoitavaa"], 14)
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        assert "25 % kommenteista" in page(browser, "texts:theme", "palautus").replace(":ssa", "")
        entry = AuditEntry.objects.get(action="codebook.theme_created")
        assert (entry.actor, entry.details) == (anna, {"theme": "Palautus"})

    def test_what_is_changed_stands_in_the_log(
        self, aurinko: Organisation, reader: Handmade, anna: User, signed_in: SignedIn
    ) -> None:
        form = FORM | {"name_fi": "Jonotus", "examples": "", "name_sv": "Kö"}
        signed_in(anna).post(reverse("texts:theme_change", args=["aurinko", "waiting_time"]), form)
        theme = CodebookTheme.objects.get(code="waiting_time")
        assert (theme.names, theme.colour) == ({"fi": "Jonotus", "sv": "Kö"}, "cat-3")
        assert theme.codebook.revision == 2
        entry = AuditEntry.objects.get(action="codebook.theme_changed")
        assert entry.details["names"]["from"]["fi"] == "Odotusaika"

    def test_two_themes_of_one_name_have_codes_of_their_own(
        self, aurinko: Organisation, reader: Handmade, anna: User, signed_in: SignedIn
    ) -> None:
        for name in ("Palautus", "Palautus!"):
            signed_in(anna).post(reverse("texts:theme_create", args=["aurinko"]), FORM | {"name_fi": name})
        assert CodebookTheme.objects.filter(code__startswith="palautus").count() == 2

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"name_fi": ""}, "Nimi"),
            ({"examples": "  \n"}, "Kirjoita ainakin yksi lause"),
            ({"examples": "\n".join(f"lause {n}" for n in range(51))}, "enintään 50"),
            ({"examples": "pitkä " * 60}, "Lyhennä tätä lausetta"),
            ({"colour": "pink"}, "Väri"),
        ],
    )
    def test_a_form_that_cannot_be_says_how_to_mend_it(
        self,
        change: dict[str, str],
        said: str,
        aurinko: Organisation,
        reader: Handmade,
        anna: User,
        signed_in: SignedIn,
    ) -> None:
        response = signed_in(anna).post(reverse("texts:theme_create", args=["aurinko"]), FORM | change)
        assert response.status_code == 422
        assert said in response.content.decode()

    def test_a_retired_theme_is_no_longer_looked_for_and_can_be_taken_back(
        self, aurinko: Organisation, read: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        browser = signed_in(anna)
        before = told_of(aurinko).version
        browser.post(reverse("texts:theme_retire", args=["aurinko", "waiting_time"]))
        assert "waiting_time" not in told_of(aurinko).codes
        assert browser.get(reverse("texts:theme", args=["aurinko", "waiting_time"])).status_code == 404
        assert "Käytöstä poistetut teemat" in page(browser)
        browser.post(reverse("texts:theme_restore", args=["aurinko", "waiting_time"]))
        assert told_of(aurinko).version == before

    def test_themes_stand_in_the_order_people_give_them(
        self, aurinko: Organisation, reader: Handmade, anna: User, signed_in: SignedIn
    ) -> None:
        first, second = told_of(aurinko).codes[:2]
        signed_in(anna).post(reverse("texts:theme_down", args=["aurinko", first]))
        assert told_of(aurinko).codes[:2] == (second, first)
        signed_in(anna).post(reverse("texts:theme_up", args=["aurinko", second]))
        assert told_of(aurinko).codes[:2] == (second, first)
        assert AuditEntry.objects.filter(action="codebook.theme_moved").count() == 1

    def test_each_organisation_has_a_codebook_of_its_own(
        self, aurinko: Organisation, strand: Organisation, reader: Handmade, anna: User, signed_in: SignedIn
    ) -> None:
        codebook_of(strand)
        signed_in(anna).post(reverse("texts:theme_create", args=["aurinko"]), FORM)
        assert "palautus" not in told_of(strand).codes
        assert signed_in(anna).get(reverse("texts:theme", args=["strand", "waiting_time"])).status_code == 404


def looked(browser: Client, address: str, form: dict[str, str], headers: dict[str, str] | None = None) -> str:
    """The look at past comments, asked for and, when the work behind the page is done, asked for again as without scripts."""
    for _ in range(2):
        text = browser.post(address, form | {"preview": "1"}, headers=headers or {}).content.decode()
        jobs.run_due()
    return text.replace("\xa0", " ")


class TestPreview:
    def test_it_shows_which_comments_would_gain_the_theme_and_saves_nothing(
        self, read: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        text = looked(signed_in(anna), reverse("texts:theme_create", args=["aurinko"]), FORM)
        assert "Teeman saisi 6 kommenttia: 25 % otoksesta." in text
        assert "n = 24. Osuus nyt 0,0 %, näin 25 % (12–45 %)" in text
        assert text.count("<mark>Ei kommentoitavaa</mark>") == 6
        assert not CodebookTheme.objects.filter(names__fi="Palautus").exists()

    def test_it_shows_which_comments_would_lose_it(
        self, aurinko: Organisation, read: list[Comment], reader: Handmade, anna: User, signed_in: SignedIn
    ) -> None:
        browser = signed_in(anna)
        browser.post(reverse("texts:theme_create", args=["aurinko"]), FORM)
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        form, htmx = FORM | {"examples": "ystävällinen"}, {"HX-Request": "true", "HX-Target": "preview"}
        text = looked(browser, reverse("texts:theme_change", args=["aurinko", "palautus"]), form, htmx)
        assert "6 kommenttia saisi teeman, 6 menettäisi sen." in text
        assert "<main" not in text
        assert CodebookTheme.objects.get(code="palautus").examples == ["ei kommentoitavaa"]

    def test_a_slow_machine_tries_fewer_comments_and_keeps_nobody_waiting(
        self, aurinko: Organisation, reader: Handmade
    ) -> None:
        made = comments(aurinko, TEXTS * 5)
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        draft = CodebookTheme(codebook=Codebook(organisation=aurinko), code="draft", examples=["ei kommentoitavaa"])
        everything = Comment.objects.filter(pk__in=[one.pk for one in made])
        seconds = iter([0.0, PATIENCE - 0.1, PATIENCE + 0.1])
        assert trial(everything, None, draft, lambda: next(seconds)).n == 2 * STEP
        assert trial(everything, None, draft, lambda: 0.0).n == len(made)

    def test_before_anything_is_read_it_says_so(
        self, aurinko: Organisation, reader: Handmade, anna: User, signed_in: SignedIn
    ) -> None:
        text = looked(signed_in(anna), reverse("texts:theme_create", args=["aurinko"]), FORM)
        assert "Luettuja kommentteja ei vielä ole." in text


class TestComments:
    def test_personal_data_is_covered_and_the_evidence_marked(
        self, read: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        CommentAnalysis.objects.filter(comment=read[0]).update(pii=[{"type": "name", "start": 8, "end": 14}])
        text = page(signed_in(anna), "texts:theme", "waiting_time")
        assert "<mark>Jono</mark>tin " in text
        assert '<span class="covered">[nimi]</span>, huono' in text

    def test_who_may_not_see_answers_sees_no_comments(
        self, read: list[Comment], rauno: User, signed_in: SignedIn
    ) -> None:
        text = page(signed_in(rauno), "texts:theme", "waiting_time")
        assert "mainitaan 50 %:ssa kommenteista" in text
        assert "tunnin" not in text

    def test_a_team_lead_sees_the_comments_of_their_own_team(
        self, read: list[Comment], helpline: Team, leo: User, signed_in: SignedIn
    ) -> None:
        assert "tunnin" not in page(signed_in(leo), "texts:theme", "waiting_time")
        Response.objects.filter(pk=read[0].response_id).update(team=helpline)
        assert page(signed_in(leo), "texts:theme", "waiting_time").count("tunnin") == 1

    def test_staffs_own_words_are_shown_to_nobody(self, read: list[Comment], olga: User, signed_in: SignedIn) -> None:
        Response.objects.update(perspective=Response.Perspective.EMPLOYEE)
        assert "tunnin" not in page(signed_in(olga), "texts:theme", "waiting_time")
        assert signed_in(olga).get(reverse("texts:labels", args=["aurinko", read[0].pk])).status_code == 404
