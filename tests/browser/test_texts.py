"""The codebook and the customers' words in a browser: focus is led and kept, what happened is told, nothing runs over the edge."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Window
from playwright.sync_api import expect
from texts_data import Handmade, comments, reader

from kapula_web.accounts.models import Organisation, User
from kapula_web.jobs import services as jobs
from kapula_web.ledger.models import Comment
from kapula_web.texts.services import asking

__all__ = ["reader"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Window]
NEW = "/o/aurinko/understanding/codebook/new/"


@pytest.fixture
def said(aurinko: Organisation, reader: Handmade) -> list[Comment]:
    made = comments(aurinko, ["Jonotin tunnin, huono", "Jono oli pitkä", "Ei kommentoitavaa"])
    asking.ask_if_needed(aurinko)
    jobs.run_due()
    return made


def test_a_look_at_what_cannot_be_leads_to_what_is_to_be_mended(said: list[Comment], olga: User, visit: Visit) -> None:
    window = visit(olga, width=390)
    window.goto(NEW)
    window.get_by_label("Nimi", exact=True).fill("Palautus")
    window.locator("#id_examples").fill("a" * 3_000)
    window.get_by_role("button", name="Katso, mitä muuttuisi").press("Enter")
    expect(window.get_by_role("alert")).to_contain_text("Lyhennä tätä lausetta")
    expect(window.locator("#id_examples")).to_be_focused()
    assert window.evaluate("document.documentElement.scrollWidth") <= 390
    window.locator("#id_examples").fill("ei kommentoitavaa")
    window.get_by_role("button", name="Katso, mitä muuttuisi").press("Enter")
    expect(window.get_by_text("Kokeillaan menneisiin kommentteihin taustalla")).to_be_visible()
    jobs.run_due()
    expect(window.get_by_role("heading", name="Teeman saisi 1 kommentti")).to_be_visible(timeout=15_000)
    expect(window.get_by_role("alert")).to_have_count(0)
    expect(window.get_by_label("Nimi", exact=True)).to_have_value("Palautus")
    expect(window.get_by_role("button", name="Katso, mitä muuttuisi")).to_be_focused()


@pytest.mark.parametrize("place", ["themes/waiting_time/", "comments/{}/"])
def test_a_correction_keeps_the_focus_and_is_told(place: str, said: list[Comment], olga: User, visit: Visit) -> None:
    window = visit(olga)
    window.goto("/o/aurinko/understanding/codebook/" + place.format(said[0].pk))
    row = window.locator(f"#comment-{said[0].pk}, li#waiting_time")
    row.get_by_role("button", name="Ei puhu tästä").press("Enter")
    undo = row.get_by_role("button", name="Peru korjaus")
    expect(undo).to_be_focused()
    expect(window.locator("#what-happened")).to_have_text("Kiitos, korjaus on tallessa. Odotusaika: ei puhu tästä.")
    undo.press("Enter")
    expect(row.locator("select")).to_be_focused()
    expect(window.locator("#what-happened")).to_have_text("Korjaus on peruttu. Odotusaika: kielteinen.")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_long_word_searched_for_breaks(width: int, said: list[Comment], olga: User, visit: Visit) -> None:
    window = visit(olga, width=width)
    window.goto("/o/aurinko/understanding/comments/?q=" + "a" * 5_000)
    assert window.evaluate("document.documentElement.scrollWidth") <= width
