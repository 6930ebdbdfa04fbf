"""What is asked of the explorer and cannot be answered is said, and an answer tells what the question did not already say."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation
from explorer_data import team, written
from texts_data import Handmade, reader

from kapula_web.accounts.models import Organisation, User

__all__ = ["reader"]
QUEUE, KIND, DEAR = "Jonotin tunnin", "Ystävällinen palvelu, kiitos", "Hinta on kallis, jonotin"
Page = Callable[[str], str]


@pytest.fixture
def texts(aurinko: Organisation, reader: Handmade) -> None:
    written(aurinko, [QUEUE] * 12, team=team(aurinko, "shop"))
    written(aurinko, [DEAR] * 4 + [KIND] * 4)


@pytest.fixture
def page(aurinko: Organisation, anna: User, signed_in: Callable[[User], Client]) -> Page:
    def get(query: str = "") -> str:
        answer = signed_in(anna).get(f"/o/aurinko/understanding/comments/?{query}")
        return answer.content.decode().replace("\xa0", " ").split("<main")[1].split("</main>")[0]

    return get


def heading(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text)
    assert found is not None
    return found[1]


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize("how", ["words", "meaning"])
@pytest.mark.parametrize("asked", ["😀", "-", "*", "(((", '""'])
def test_what_holds_no_word_finds_nothing_and_says_why(asked: str, how: str, page: Page) -> None:
    text = page(f"q={asked}&how={how}")
    assert heading(text) == "Tätä ei voi hakea: haussa ei ole yhtään sanaa"
    assert "Kirjoita hakuun ainakin yksi sana" in text
    assert "Ilman rajausta: haku" in text
    assert QUEUE[:4] not in text.split('id="list-title"')[1]


@pytest.mark.usefixtures("texts")
def test_a_long_search_is_cut_to_the_fields_length(page: Page) -> None:
    text = page("q=" + "a" * 5_000)
    assert "a" * 200 in text
    assert "a" * 201 not in text


@pytest.mark.usefixtures("texts")
def test_days_that_cannot_be_are_said(page: Page) -> None:
    text = page("from=2026-05-01&to=2026-03-01&theme=waiting_time")
    assert "Alkupäivä 1.5.2026 on loppupäivän 1.3.2026 jälkeen" in text
    assert '<a href="?from=2026-03-01&amp;to=2026-05-01&amp;theme=waiting_time">Vaihda päivät keskenään</a>' in text
    text = page("from=<b>abc&to=2026-99-99")
    assert "Alkupäivää ”&lt;b&gt;abc” ei voi lukea päivänä, joten alkua ei ole rajattu." in text
    assert "Loppupäivää ”2026-99-99” ei voi lukea päivänä" in text
    assert "1–20 / 20" in text
    assert "note warn" not in page("from=2026-03-01&to=")


@pytest.mark.usefixtures("texts")
def test_of_comments_chosen_by_their_tone_it_tells_what_they_speak_of(page: Page) -> None:
    text = page("sentiment=negative")
    assert heading(text) == "16 kommenttia, eniten teemasta Odotusaika"
    assert "Yleisimmät teemat: Odotusaika 100 % (81–100 %), Hinta ja vastine 25 % (10–49 %). Luettuja n = 16." in text
    assert "Kielteisiä" not in text
    assert 'class="tones"' not in text
    assert "Kielteisiä" in page()


@pytest.mark.usefixtures("texts")
def test_with_a_theme_chosen_too_it_tells_of_the_others(page: Page) -> None:
    for query in ("sentiment=negative&theme=waiting_time", "theme=waiting_time:negative"):
        text = page(query)
        assert heading(text) == "16 kommenttia"
        assert "Samoissa kommenteissa myös: Hinta ja vastine 25 % (10–49 %)." in text
    assert "Näin vähistä luetuista kommenteista ei lasketa osuuksia." in page("sentiment=positive")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_examples_of_a_search_are_in_the_pages_language(language: str) -> None:
    with translation.override(language):
        assert "jonotus" not in translation.gettext("”ei toimi” jonotus* -laskutus")


@pytest.mark.usefixtures("texts")
def test_words_of_several_themes_are_told_apart_by_a_number(aurinko: Organisation, page: Page) -> None:
    """Six colours do not tell fourteen themes apart. Of one theme there is no number to look up."""
    text = page("theme=price_value")
    assert re.findall(r'<mark [^>]*data-legend="(\d)"[^>]*>(\w+)', text)[:2] == [("2", "Hinta"), ("1", "jono")]
    assert re.findall(r'class="theme" [^>]*data-legend="(\d)"', text)[:2] == ["1", "2"]
    assert "data-legend" not in page("sentiment=positive")


def test_a_number_stands_once_after_the_last_word_of_what_it_marks(
    aurinko: Organisation, page: Page, reader: Handmade
) -> None:
    written(aurinko, ["jono jonottaessa, kallis hinta"])
    text = page("q=jono")
    assert re.findall(r'data-legend="(\d)"', text.split("<ul")[0] + text.split("blockquote>")[1]) == ["1", "2"]
