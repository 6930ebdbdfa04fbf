"""The measure page tells one measure: answer first, then the picture, the groups, the comparison, and how it was computed.

The planted data: 40 answers a week at the phone (NPS 25), 20 at the chat (NPS 50), one from the invoice (too few to show). A week
together is 61 answers with (20 + 10) promoters and (10 + 1) detractors: NPS 100 × 19 / 61 = 31.1.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shlex
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import translation
from insights_data import LAST, a_model_measure, answers

import kapula
from kapula_cli.main import main
from kapula_web.accounts.models import Membership, Organisation, User
from kapula_web.insights.exports.csv_file import cell
from kapula_web.insights.figures.cache import ANSWERS
from kapula_web.ledger import selectors

SignIn = Callable[[User], Client]
PAGE = "/o/aurinko/measures/recommend/"


@pytest.fixture
def flat(aurinko: Organisation) -> Organisation:
    answers(aurinko)
    a_model_measure(aurinko)
    return aurinko


@pytest.fixture
def fallen(aurinko: Organisation) -> Organisation:
    """Phone answers fall in the last four weeks."""
    answers(aurinko, fall_from=8)
    a_model_measure(aurinko)
    return aurinko


def page(client: Client, query: str = "") -> str:
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_answer_comes_first_with_its_interval_and_n(flat: Organisation, anna: User, signed_in: SignIn) -> None:
    text = page(signed_in(anna))
    assert "Suosittelu on nyt 31 (" in text
    assert "Selvää muutosta ei ole." in text
    assert "n\u00a0=\u00a0244" in text  # four weeks of 61


def test_a_sure_fall_is_called_one(fallen: Organisation, anna: User, signed_in: SignIn) -> None:
    text = page(signed_in(anna))
    assert "Suosittelu on laskenut" in text
    assert "varma muutos" in text
    assert "tavoite ei täyty" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Selvää muutosta ei ole."), ("sv", "Ingen tydlig förändring."), ("en", "There is no clear change.")],
)
def test_it_speaks_three_languages(
    flat: Organisation, anna: User, signed_in: SignIn, language: str, words: str
) -> None:
    User.objects.filter(pk=anna.pk).update(language=language)
    client = signed_in(anna)
    client.cookies["django_language"] = language
    assert words in page(client)


def test_figures_equal_the_librarys(flat: Organisation, anna: User, signed_in: SignIn) -> None:
    rows = selectors.responses(flat)
    expected = kapula.measure(rows, "nps", column="answer_nps", by="touchpoint", minimum_n=10, clip=True).rows
    sheet = csv_rows(signed_in(anna), "?by=touchpoint&range=all")
    shown = {row[1]: row[2] for row in sheet if row[0] == "Ryhmät"}
    for row in expected:
        name = {"phone": "Puhelin", "chat": "Chat", "invoice": "Lasku"}[row.by]
        assert shown[name] == cell(row.value, ",")


def csv_rows(client: Client, query: str = "") -> list[list[str]]:
    response = client.get(f"{PAGE}table.csv{query}")
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_small_groups_are_withheld_on_the_page_and_in_downloads_alike(
    aurinko: Organisation, anna: User, signed_in: SignIn
) -> None:
    """Four weeks hold four answers from the invoice. Their figure, and one more so that no subtraction gives it, stay out."""
    answers(aurinko, weeks=4)
    a_model_measure(aurinko)
    client = signed_in(anna)
    groups = {row[1]: row[2:5] for row in csv_rows(client, "?by=touchpoint") if row[0] == "Ryhmät"}
    assert groups["Lasku"] == ["", "", ""]
    assert sum(figures == ["", "", ""] for figures in groups.values()) >= 2
    assert "Lasku" in page(client, "?by=touchpoint")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}table.xlsx?by=touchpoint").content))
    kept = {row[0].value: row[1].value for row in book["Ryhmät"].iter_rows(min_row=2)}
    assert kept["Lasku"] is None


def test_zero_is_zero_and_blank_is_blank(flat: Organisation, anna: User, signed_in: SignIn) -> None:
    assert [cell(value, ",") for value in (0, 0.0, -0.0, None, 12.5, "")] == ["0", "0", "0", "", "12,5", ""]
    rows = csv_rows(signed_in(anna))
    assert all(row[2] != "" for row in rows if row[0] == "Aikasarja")


def test_text_never_becomes_a_formula() -> None:
    assert cell("=HYPERLINK(1)", ",") == "'=HYPERLINK(1)"


def test_an_english_file_has_decimal_points_and_commas(flat: Organisation, anna: User, signed_in: SignIn) -> None:
    client = signed_in(anna)
    User.objects.filter(pk=anna.pk).update(language="en")
    client.cookies["django_language"] = "en"
    text = client.get(f"{PAGE}table.csv").content.decode("utf-8-sig")
    assert "31.147541" in text
    assert ";" not in text.splitlines()[0]


def test_the_workbook_has_typed_cells_and_says_how(flat: Organisation, anna: User, signed_in: SignIn) -> None:
    book = openpyxl.load_workbook(io.BytesIO(signed_in(anna).get(f"{PAGE}table.xlsx").content))
    assert book.sheetnames == ["Aikasarja", "Ryhmät", "Vertailu", "Näin laskettiin"]
    assert book["Aikasarja"]["B2"].value == pytest.approx(100 * 19 / 61)
    told = {row[0].value: row[1].value for row in book["Näin laskettiin"].iter_rows()}
    assert "kapula measure" in told["Komento"]


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("trend.svg", "image/svg+xml", b"<svg"),
        ("trend.png", "image/png", b"\x89PNG"),
        ("groups.svg", "image/svg+xml", b"<svg"),
        ("groups.png", "image/png", b"\x89PNG"),
    ],
)
def test_pictures_can_be_taken_along(
    flat: Organisation, anna: User, signed_in: SignIn, name: str, kind: str, begins: bytes
) -> None:
    response = signed_in(anna).get(PAGE + name)
    assert response["Content-Type"] == kind
    assert response.content.startswith(begins)


@pytest.mark.parametrize("query", ["", "?period=month&range=all&touchpoint=chat", "?touchpoint=chat&touchpoint=phone"])
def test_the_command_shown_gives_the_same_figures(
    flat: Organisation, anna: User, signed_in: SignIn, capsys: pytest.CaptureFixture[str], query: str
) -> None:
    client = signed_in(anna)
    text = html.unescape(re.findall(r"<code>(kapula measure.*?)</code>", page(client, query))[0])
    assert main([*shlex.split(text)[1:], "--json"]) == 0
    told = {row["period"]: cell(row["value"], ",") for row in json.loads(capsys.readouterr().out)["rows"]}
    assert told == {row[1]: row[2] for row in csv_rows(client, query) if row[0] == "Aikasarja"}


def test_every_state_has_an_address(flat: Organisation, anna: User, signed_in: SignIn) -> None:
    client = signed_in(anna)
    narrow = page(client, "?range=3m&period=month&by=channel&touchpoint=chat")
    assert "Suosittelu on nyt 50 (" in narrow
    assert "Kohtaamispiste: Chat" in narrow
    own = page(
        client, "?compare=own&first_from=2026-09-07&first_to=2026-09-20&second_from=2026-10-05&second_to=2026-10-18"
    )
    assert "7.9.–20.9.2026" in own


@pytest.mark.parametrize(
    "query", ["?period=century", "?range=x&by=y", "?from=2026-13-01&to=x", "?compare=own", "?touchpoint=nowhere"]
)
def test_a_strange_address_opens_all_the_same(flat: Organisation, anna: User, signed_in: SignIn, query: str) -> None:
    assert page(signed_in(anna), query)


def test_without_answers_it_says_so(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    from kapula_web.ledger.models import Question

    Question.objects.create(organisation=aurinko, code="nps", low=0, high=10)
    a_model_measure(aurinko)
    assert "Tältä rajaukselta ei ole vastauksia" in page(signed_in(anna))


def test_htmx_gets_only_what_changes(flat: Organisation, anna: User, signed_in: SignIn) -> None:
    part = signed_in(anna).get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="view"')
    assert "<html" not in part
    assert "hx-swap-oob" in part


def test_nothing_runs_inline(flat: Organisation, anna: User, signed_in: SignIn) -> None:
    """The content security policy forbids inline scripts and styles; a picture must not bring any."""
    text = page(signed_in(anna))
    assert " style=" not in text
    assert "<style" not in text


class TestRows:
    """The answers behind a figure."""

    def test_an_analyst_sees_them_a_page_at_a_time(self, flat: Organisation, anna: User, signed_in: SignIn) -> None:
        text = signed_in(anna).get(PAGE + "rows/").content.decode()
        assert "732 vastausta luvun takana" in text  # 12 weeks of 61
        assert text.count("<tr>") == 51

    def test_a_team_lead_sees_those_of_their_own_team(self, leo: User, flat: Organisation, signed_in: SignIn) -> None:
        assert "480 vastausta luvun takana" in signed_in(leo).get(PAGE + "rows/").content.decode()  # 12 × 40

    def test_staffs_answers_are_never_shown(self, flat: Organisation, anna: User, signed_in: SignIn) -> None:
        from kapula_web.ledger.changes import changed
        from kapula_web.ledger.models import Response

        first, last = Response.objects.order_by("id").first(), Response.objects.order_by("id").last()
        assert first is not None
        assert last is not None
        Response.objects.update(perspective="employee")
        changed(organisation=flat, table="responses", first_id=first.pk, last_id=last.pk)
        Membership.objects.filter(organisation=flat).first()
        from kapula_web.insights.models import ModelMeasure

        ModelMeasure.objects.update(filters={"perspective": ["employee"]})
        assert "0 vastausta luvun takana" in signed_in(anna).get(PAGE + "rows/").content.decode()


def test_new_data_is_seen_at_once_and_old_answers_are_not_asked_twice(
    flat: Organisation, anna: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ANSWERS.clear()
    client = signed_in(anna)
    page(client)
    asked: list[Any] = []
    real = kapula.measure
    monkeypatch.setattr(kapula, "measure", lambda **question: asked.append(question) or real(**question))
    page(client)
    assert asked == []
    selectors_version = selectors.data_version(flat)
    answers_again(flat)
    assert selectors.data_version(flat) != selectors_version
    page(client)
    assert asked


def answers_again(organisation: Organisation) -> None:
    from kapula_web.ledger.changes import changed
    from kapula_web.ledger.models import Response

    one = Response.objects.order_by("id").first()
    assert one is not None
    Response.objects.filter(pk=one.pk).update(answers={"nps": 0})
    changed(organisation=organisation, table="responses", first_id=one.pk)


def test_week_labels_are_finnish() -> None:
    from kapula_web.insights.words.periods import tick

    with translation.override("fi"):
        assert tick("2026-W44") == ["vk 44", "2026"]
    assert LAST.isocalendar().week == 46
