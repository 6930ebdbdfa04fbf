"""What is taken along from a question's page: tables and pictures, as people see them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from analysis_frames import NAME, answered, asked
from django.test import Client

from kapula_web.accounts.models import Organisation

PAGE = f"/o/aurinko/understanding/{NAME}/"


@pytest.fixture
def client(anna, signed_in):  # type: ignore[no-untyped-def]
    return signed_in(anna)


def test_a_table_as_csv(aurinko: Organisation, client: Client) -> None:
    answered(aurinko)
    answer = client.get(f"{PAGE}table/1.csv")
    assert answer.content.decode("utf-8-sig").splitlines() == ["Kysymys;Keskiarvo", "'=nps;8,166667"]
    assert "Mik%C3%A4%20on%20keskiarvo" in answer["Content-Disposition"]


def test_a_table_as_a_workbook_that_says_how_it_was_computed(aurinko: Organisation, client: Client) -> None:
    answered(aurinko)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}table/2.xlsx").content))
    rows = [[cell.value for cell in row] for row in book["Luvut"].iter_rows()]
    assert rows[0] == ["Kysymys", "Keskiarvo"]
    assert rows[1][1] == pytest.approx(490 / 60)
    assert book["Luvut"]["A2"].data_type == "s"  # text that looks like a formula is text
    method = {row[0].value: row[1].value for row in book["Näin laskettiin"].iter_rows()}
    assert method["Menetelmä"] == "aritmeettinen keskiarvo"
    assert "kapula double" in method["Komento"]


def test_a_picture_carries_its_words(aurinko: Organisation, client: Client) -> None:
    answered(aurinko)
    svg = client.get(f"{PAGE}mean.svg")
    assert "Suosittelu on 7" in svg.content.decode()
    assert svg["Content-Type"] == "image/svg+xml"
    assert client.get(f"{PAGE}mean.png").content.startswith(b"\x89PNG")
    live = client.get(f"{PAGE}mean.json").json()
    assert live["heights"] == {"wide": 340, "narrow": 320}
    assert "title" not in live["spec"]


@pytest.mark.parametrize("what", ["table/3.csv", "table/0.csv", "table/1.doc", "other.svg", "mean.doc"])
def test_what_is_not_there_is_not_found(aurinko: Organisation, client: Client, what: str) -> None:
    answered(aurinko)
    assert client.get(PAGE + what).status_code == 404


@pytest.mark.parametrize("what", ["table/1.csv", "mean.svg"])
def test_before_the_answer_there_is_nothing_to_take_along(aurinko: Organisation, client: Client, what: str) -> None:
    asked(aurinko)
    assert client.get(PAGE + what).status_code == 404
