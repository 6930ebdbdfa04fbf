"""Every page to look at, in Chromium, on a wide and a narrow screen, light and dark: axe finds nothing, and nothing runs over the edge.

The pages come from the registry of the access contract (tests/web/pages*.py). Light is tried wide and dark narrow, so that each
page is seen in both themes and on both screens; colours do not depend on the width. Dark is among the slow tests.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from looks import each_look
from pages import ANYONE, Page, all_pages
from playwright.sync_api import Page as Window

from kapula_web.accounts.models import Organisation, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
LOOKS = [page for page in all_pages() if page.looks and page.method == "GET"]
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
Visit = Callable[..., Window]


def violations(window: Window) -> list[str]:
    """What axe says, with where. The script is read into the page by the browser's own door, so the policy stays strict."""
    window.evaluate(AXE.read_text())
    found = window.evaluate(f"axe.run(document, {RULES})")["violations"]
    return [f"{one['id']}: {one['help']} {[node['html'][:160] for node in one['nodes']]}" for one in found]


@each_look
@pytest.mark.parametrize("page", LOOKS, ids=lambda page: page.name)
def test_axe_finds_nothing(page: Page, width: int, theme: str, aurinko: Organisation, olga: User, visit: Visit) -> None:
    window = visit(None if page.right == ANYONE else olga, width=width, theme=theme)
    refused: list[str] = []
    window.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    window.goto(page.address(aurinko))
    assert violations(window) == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width, "the page runs over the edge"
    assert refused == []


def test_the_keyboard_reaches_the_content_first(aurinko: Organisation, olga: User, visit: Visit) -> None:
    window = visit(olga)
    window.goto("/o/aurinko/settings/people/")
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.textContent") == "Siirry sisältöön"
    window.keyboard.press("Enter")
    window.keyboard.press("Tab")
    assert window.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_focus_goes_in_the_order_of_the_page_and_is_seen(aurinko: Organisation, olga: User, visit: Visit) -> None:
    window = visit(olga)
    window.goto("/o/aurinko/settings/people/")
    tops = []
    window.focus("main")
    for _ in range(4):
        window.keyboard.press("Tab")
        tops.append(window.evaluate("document.activeElement.getBoundingClientRect().top"))
        assert window.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert tops == sorted(tops)


def test_a_menu_opens_and_closes_from_the_keyboard(aurinko: Organisation, olga: User, visit: Visit) -> None:
    window = visit(olga)
    window.goto("/o/aurinko/settings/people/")
    summary = window.locator(".rail-foot details.menu > summary")
    summary.press("Enter")
    window.get_by_role("button", name="Kirjaudu ulos").wait_for()
    window.keyboard.press("Escape")
    assert not window.locator(".rail-foot details.menu").get_attribute("open")
    assert summary.evaluate("node => node === document.activeElement")


def test_buttons_and_places_are_big_enough_for_a_thumb(aurinko: Organisation, olga: User, visit: Visit) -> None:
    window = visit(olga, width=390)
    window.goto("/o/aurinko/settings/people/")
    small = window.evaluate(
        "[...document.querySelectorAll('.btn, .place, summary.place, input, select')]"
        ".filter(node => node.checkVisibility() && node.getBoundingClientRect().height < 44).map(node => node.outerHTML)"
    )
    assert small == []


def test_the_chosen_theme_wins_over_the_machines(aurinko: Organisation, olga: User, visit: Visit) -> None:
    window = visit(olga, theme="light")
    window.goto("/me/")
    light = window.evaluate("getComputedStyle(document.body).backgroundColor")
    window.locator("summary.place").click()
    window.get_by_role("button", name="tumma").click()
    window.wait_for_load_state()
    assert window.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_a_deed_is_undone_from_its_message(aurinko: Organisation, olga: User, visit: Visit) -> None:
    aurinko.teams.create(name="Laskutus", code="invoicing")
    window = visit(olga)
    window.goto("/o/aurinko/settings/teams/")
    window.get_by_role("button", name="Arkistoi Laskutus").click()
    window.get_by_role("button", name="Kumoa").click()
    window.get_by_text("Tiimi Laskutus palautettiin.").wait_for()
    assert aurinko.teams.get().archived_at is None
