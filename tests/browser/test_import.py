"""An analyst brings in a file in a browser, in Finnish: corrects a column, sees the measure it feeds, downloads it, takes it back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from looks import each_look
from playwright.sync_api import Page as Window
from playwright.sync_api import expect
from test_accessibility import violations

from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.models import ModelMeasure
from kapula_web.jobs import services as jobs
from kapula_web.ledger.models import Import, Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Window]
LOOK = os.environ.get("KAPULA_SCREENSHOTS", "")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "asiakaskysely 2026.csv"
    rows = [
        f"A{i};{1 + i % 28}.{1 + i % 6}.2026;Tiimi {i % 3};{(7 * i) % 12};{1 + i % 5};Palaute numero {i}"
        for i in range(240)
    ]
    text = "\n".join(["Vastaustunnus;Päivä;Yksikkö;Suosittelu;Helppous;Avoin palaute", *rows])
    path.write_bytes(text.encode("cp1252"))
    return path


def look(window: Window, name: str) -> None:
    """The page as a person sees it, kept only when asked for."""
    assert violations(window) == []
    if LOOK:
        width = window.viewport_size["width"] if window.viewport_size else 0
        window.screenshot(path=f"{LOOK}/{name}-{width}.png", full_page=True)


def column(window: Window, name: str):  # type: ignore[no-untyped-def]
    return window.locator(".column").filter(has=window.get_by_role("heading", name=name, exact=True))


@each_look
def test_from_a_file_to_its_measure_and_back(
    aurinko: Organisation, olga: User, visit: Visit, file: Path, width: int, theme: str
) -> None:
    ModelMeasure.objects.create(
        organisation=aurinko,
        code="nps",
        names={"fi": "Suositteluhalukkuus"},
        area="relationship",
        measure="nps",
        columns=["suosittelu"],
    )
    window = visit(olga, width=width, theme=theme)
    window.goto("/o/aurinko/data/")
    look(window, "empty")
    window.get_by_role("link", name="Tuo tiedosto").click()
    look(window, "new")
    window.get_by_label("Tiedosto").set_input_files(file)
    window.get_by_label("Uuden lähteen nimi").fill("Asiakaskysely")
    window.get_by_role("button", name="Jatka").click()

    expect(window.get_by_role("heading", level=1)).to_have_text("Näin asiakaskysely 2026.csv tulkitaan")
    look(window, "mapping")
    unit = column(window, "Yksikkö").get_by_label("Mikä tämä on?")
    unit.select_option("touchpoint")
    score = column(window, "Suosittelu")
    score.get_by_label("Nämä eivät ole vastauksia").fill("")
    score.get_by_label("Nämä eivät ole vastauksia").blur()
    expect(window.locator("#check")).to_contain_text("jäisi tuomatta")
    look(window, "mapping-warned")
    score.get_by_label("Nämä eivät ole vastauksia").fill("11")
    score.get_by_label("Nämä eivät ole vastauksia").blur()
    expect(window.locator("#check")).to_contain_text("voi tuoda kaikki")
    window.get_by_role("button", name="Tuo aineisto").click()

    expect(window.get_by_role("heading", level=1)).to_have_text("Tuodaan aineistoa")
    look(window, "progress")
    jobs.run_due()
    expect(window.get_by_role("heading", level=1)).to_have_text("Aineistoon tuli 240 uutta riviä", timeout=30_000)
    look(window, "result")
    assert set(Response.objects.values_list("touchpoint__code", flat=True)) == {"Tiimi 0", "Tiimi 1", "Tiimi 2"}

    window.get_by_role("link", name="Suositteluhalukkuus").click()
    expect(window.get_by_role("heading", level=1)).to_contain_text("Suositteluhalukkuus")
    with window.expect_download() as download:
        window.get_by_role("link", name="CSV").first.click()
    told = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(told) > 2
    assert ";" in told[0]

    window.goto(f"/o/aurinko/data/imports/{Import.objects.get().pk}/")
    window.get_by_role("button", name="Kumoa tuonti").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("Tuonti on kumottu")
    assert not Response.objects.exists()
