"""The choices of a measure page: several values at once, days of one's own, and what is fetched after the answer.

The planted data of ``insights_data``: each week 40 answers at the phone (NPS 25), 20 at the chat (NPS 50), one from the invoice.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client
from insights_data import a_model_measure, answers

from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.figures.cache import ANSWERS
from kapula_web.insights.figures.reading import usual_view
from kapula_web.insights.figures.view import View
from kapula_web.insights.preload import SLOW, preload

SignIn = Callable[[User], Client]
PAGE = "/o/aurinko/measures/recommend/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def analyst(aurinko: Organisation, anna: User, signed_in: SignIn) -> Client:
    answers(aurinko)
    a_model_measure(aurinko)
    ANSWERS.clear()
    return signed_in(anna)


def text_of(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(PAGE + query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_several_values_of_a_dimension_are_ticked_and_counted(analyst: Client) -> None:
    """Phone and chat together: (30 − 10) / 60 = 33.3; without the invoice."""
    text = text_of(analyst, "?touchpoint=phone&touchpoint=chat")
    assert "Suosittelu on nyt 33 (" in text
    boxes = re.findall(r'<input type="checkbox"[^>]*name="touchpoint"[^>]*>', text)
    assert [" checked" in box for box in sorted(boxes, key=lambda box: "invoice" in box)] == [True, True, False]
    assert text.count("poista rajaus") == 2


def test_choosing_values_keeps_time_and_comparison(analyst: Client) -> None:
    text = text_of(analyst, "?range=3m&period=month&compare=year&touchpoint=chat")
    form = next(part for part in text.split("<form") if "Rajaa valittuihin" in part)
    kept = set(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', form))
    assert {("range", "3m"), ("period", "month"), ("compare", "year")} <= kept
    assert "touchpoint" not in dict(kept)


def test_a_length_chosen_anew_replaces_the_days_chosen_before() -> None:
    own = "from=2026-01-05&to=2026-03-29"
    assert View.read(QueryDict(own), period="week", dimensions=()).range == "own"
    assert View.read(QueryDict(f"range=own&{own}"), period="week", dimensions=()).range == "own"
    anew = View.read(QueryDict(f"range=3m&{own}"), period="week", dimensions=())
    assert (anew.range, anew.start, anew.end) == ("3m", None, None)


def test_an_unseen_view_answers_at_once_and_fetches_its_pictures_after(analyst: Client) -> None:
    first = text_of(analyst, "?period=month&range=all", **HTMX)
    assert "Suosittelu on nyt" in first
    assert "<svg" not in first
    assert "kapula measure" not in first
    address = re.findall(r'hx-get="[^"]*\?([^"]*part=pictures)"', first)[0].replace("&amp;", "&")
    later = text_of(analyst, f"?{address}", **HTMX)
    assert "<svg" in later
    assert 'id="method" hx-swap-oob="true"' in later
    assert "kapula measure" in later
    again = text_of(analyst, "?period=month&range=all", **HTMX)
    assert "part=pictures" not in again, "what is known comes at once"
    assert "<svg" in again


def test_without_scripts_the_page_comes_whole(analyst: Client) -> None:
    text = text_of(analyst, "?period=month&range=all")
    assert "part=pictures" not in text
    assert "kapula measure" in text


def test_a_page_brought_back_by_the_browser_is_whole(analyst: Client) -> None:
    text = text_of(analyst, **HTMX, **{"HX-History-Restore-Request": "true"})
    assert "<html" in text


def test_the_two_forms_of_an_address_are_not_kept_for_each_other(analyst: Client) -> None:
    assert "HX-Request" in analyst.get(PAGE)["Vary"]


def test_the_groups_can_be_taken_along_as_a_picture(analyst: Client) -> None:
    text = text_of(analyst, "?by=touchpoint")
    address = re.findall(r'href="([^"]*groups\.png[^"]*)"', text)[0].replace("&amp;", "&")
    assert analyst.get(address).content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("rhythm", "period", "compare"),
    [
        ("month", "month", "before"),
        ("quarter", "month", "year"),
        ("half_year", "month", "year"),
        ("half_year", "quarter", "year"),
        ("week", "week", "before"),
        ("year", "year", "before"),
    ],
)
def test_seasons_are_held_against_the_year_before(
    aurinko: Organisation, rhythm: str, period: str, compare: str
) -> None:
    view = usual_view(a_model_measure(aurinko, rhythm=rhythm, period=period))
    assert view.compare == compare
    assert View.read(QueryDict(view.query()), period=period, dimensions=(), seasonal=view.seasonal) == view


def test_what_the_first_chart_imports_is_imported_ahead() -> None:
    thread = preload()
    thread.join()
    assert set(SLOW) <= sys.modules.keys()
