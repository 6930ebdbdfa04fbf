"""A person asks in a browser, in Finnish: from the hub to the answer, another choice and its answer, the table taken along."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date

import pytest
from analysis_frames import NAME, answered, orders, refuse, registered
from insights_data import answers
from looks import each_look
from playwright.sync_api import Page as Window
from playwright.sync_api import expect
from test_accessibility import violations

from kapula_web.accounts.models import Organisation, User
from kapula_web.demo.load import load
from kapula_web.insights.analyses.computing import ask_ahead
from kapula_web.insights.analyses.registry import pages
from kapula_web.insights.models import AnalysisRun
from kapula_web.jobs import services as jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Window]
LOOK = os.environ.get("KAPULA_SCREENSHOTS", "")
HUB = "/o/aurinko/understanding/"


@pytest.fixture(autouse=True)
def _double() -> None:
    registered()
    orders.clear()


def look(window: Window, name: str) -> None:
    """The page as a person sees it, kept only when asked for."""
    assert violations(window) == []
    width = window.viewport_size["width"] if window.viewport_size else 0
    assert window.evaluate("document.documentElement.scrollWidth") <= width, "the page runs over the edge"
    if LOOK:
        window.screenshot(path=f"{LOOK}/{name}-{width}.png", full_page=True)


@each_look
def test_from_the_hub_to_an_answer_and_another(
    aurinko: Organisation, olga: User, visit: Visit, width: int, theme: str
) -> None:
    answers(aurinko, weeks=2)
    window = visit(olga, width=width, theme=theme)
    window.goto(HUB)
    window.get_by_role("link", name="Mikä on keskiarvo?").click()
    heading = window.get_by_role("heading", level=1)
    expect(heading).to_have_text("Mikä on keskiarvo?")
    expect(window.get_by_role("button", name="Keskeytä")).to_be_visible()
    look(window, "running")
    jobs.run_due()
    expect(heading).to_have_text("Keskiarvo on 8.2.", timeout=15_000)
    look(window, "answer")

    window.get_by_text("Muuta valintoja").click()
    window.get_by_label("Puhelin", exact=True).uncheck()
    window.get_by_label("Lasku", exact=True).check()
    look(window, "choices")
    window.get_by_role("button", name="Näytä vastaus").click()
    expect(window.get_by_text("Vastausta lasketaan.")).to_be_visible()
    assert "places=chat&places=invoice" in window.url
    jobs.run_due()
    expect(heading).to_have_text(
        "Keskiarvo on 8.6.", timeout=15_000
    )  # 20 × 10, 20 × 8 at the chat, 2 × 0 from the invoice

    with window.expect_download() as download:
        window.get_by_role("link", name="CSV: Keskiarvot").first.click()
    assert download.value.path().read_text("utf-8-sig").splitlines()[1] == "'=nps;8,571429"
    window.go_back()
    window.goto(HUB)
    expect(window.get_by_text("Keskiarvo on 8.2.")).to_be_visible()
    look(window, "hub")


def test_a_command_is_copied(aurinko: Organisation, olga: User, visit: Visit) -> None:
    answered(aurinko)
    window = visit(olga)
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.goto(f"{HUB}{NAME}/")
    window.get_by_text("Näin laskettiin").click()
    window.get_by_role("button", name="Kopioi").click()
    expect(window.get_by_role("button", name="Kopioitu")).to_be_visible()
    assert window.evaluate("navigator.clipboard.readText()").startswith("kapula double organisation://aurinko")


@pytest.mark.slow
@each_look
def test_the_states_without_an_answer_are_pages_too(
    aurinko: Organisation, olga: User, visit: Visit, width: int, theme: str
) -> None:
    window = visit(olga, width=width, theme=theme)
    window.goto(f"{HUB}{NAME}/")
    look(window, "empty")
    window.goto(HUB)
    look(window, "empty-hub")
    answers(aurinko, weeks=1)
    orders.append(refuse)
    window.goto(f"{HUB}{NAME}/")
    window.get_by_role("button", name="Keskeytä").click()
    expect(window.get_by_role("heading", name="Laskenta keskeytettiin")).to_be_visible()
    look(window, "cancelled")
    window.get_by_role("button", name="Laske uudelleen").click()
    expect(window.get_by_role("button", name="Keskeytä")).to_be_visible()
    jobs.run_due()
    expect(window.get_by_role("heading", name="Laskenta ei onnistunut")).to_be_visible(timeout=15_000)
    look(window, "failed")
    window.goto(f"{HUB}{NAME}/?own=1&places=chat")
    jobs.run_due()
    expect(window.get_by_role("heading", level=1)).to_contain_text("Vielä ei voi sanoa", timeout=15_000)
    look(window, "not-enough")
    window.goto(f"{HUB}{NAME}/?column=answer_zzz")
    look(window, "invalid")


def test_without_scripts_the_page_comes_whole(aurinko: Organisation, olga: User, visit: Visit) -> None:
    answered(aurinko)
    window = visit(olga)
    window.route("**/*.js", lambda route: route.abort())
    window.goto(f"{HUB}{NAME}/")
    expect(window.get_by_role("heading", level=1)).to_have_text("Keskiarvo on 8.2.")
    window.get_by_text("Muuta valintoja").click()
    window.get_by_label("Puhelin", exact=True).uncheck()
    window.get_by_role("button", name="Näytä vastaus").click()
    expect(window.get_by_text("Vastausta lasketaan.")).to_be_visible()
    assert AnalysisRun.objects.count() == 2


@pytest.fixture
def example() -> Organisation:
    """The example organisation with every page's usual question answered, as its background worker leaves it."""
    organisation = load(today=date(2026, 11, 20), responses=6_000)
    ask_ahead(organisation)
    jobs.run_due()
    return organisation


@pytest.mark.slow
def test_what_drives_recommendation_from_hub_to_table(example: Organisation, visit: Visit) -> None:
    laura = User.objects.get(email="laura@aurinkokivi.example")
    window = visit(laura)
    window.goto("/o/aurinkokivi/understanding/")
    look(window, "example-hub")
    window.get_by_role("link", name="Mikä vaikuttaa?").click()
    heading = window.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Asioiden ratkaisu")
    window.get_by_text("Muuta valintoja").click()
    window.get_by_role("checkbox", name="Asioiden ratkaisu").uncheck()
    window.get_by_role("button", name="Näytä vastaus").click()
    expect(window.get_by_text("Vastausta lasketaan.")).to_be_visible()
    jobs.run_due()
    expect(heading).to_contain_text("liitty", timeout=15_000)
    expect(heading).not_to_contain_text("Asioiden ratkaisu")
    with window.expect_download() as download:
        window.get_by_role("link", name="CSV").first.click()
    assert "Hinta" in download.value.path().read_text("utf-8-sig")


@pytest.mark.slow
def test_every_question_of_the_example_can_be_read_by_everyone(example: Organisation, visit: Visit) -> None:
    laura = User.objects.get(email="laura@aurinkokivi.example")
    for width, theme in ((1280, "light"), (390, "dark")):
        window = visit(laura, width=width, theme=theme)
        window.goto("/o/aurinkokivi/understanding/")
        look(window, "every-hub")
        for page in (page for page in pages() if page.name != NAME):
            answer = window.goto(f"/o/aurinkokivi/understanding/{page.name}/")
            assert answer is not None
            assert answer.ok, page.name
            window.evaluate("document.querySelectorAll('main details').forEach(node => node.open = true)")
            look(window, f"every-{page.name}")
