"""Figures that stand side by side agree, and the ends of an interval stay on one line wherever the interval stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.safestring import mark_safe
from insights_data import a_model_measure, answers

from kapula.results import Difference, Row
from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.analyses import choices, runs, words
from kapula_web.insights.analyses.accounts.levels import beside
from kapula_web.insights.analyses.contract import Linked, Part, Table
from kapula_web.insights.analyses.decompose import pictures, sentences, tables
from kapula_web.insights.analyses.decompose.page import DecomposePage
from kapula_web.insights.analyses.lines import kept, kept_part, kept_table
from kapula_web.insights.analyses.memory import themes as memory
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.words.joints import unbroken
from kapula_web.insights.words.sentences import Shown
from kapula_web.jobs import services as jobs

SignIn = Callable[[User], Client]
JOINED = "\u2060–\u2060"


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield


def changed(**parts: float) -> dict[str, Any]:
    """From 22.6 to 21.4, which rounds to 23 and 21 while the change rounds to −1."""
    one = {
        "segment": "a",
        "pooled": [],
        "mix": parts["mix"],
        "within": parts["within"],
        "mix_low": None,
        "mix_high": None,
    }
    one |= {
        "share_first": 1.0,
        "share_second": 1.0,
        "value_first": 22.6,
        "value_second": 21.4,
        "n_first": 9,
        "n_second": 9,
    }
    one |= {
        "change": -1.2,
        "change_low": -2.0,
        "change_high": -0.4,
        "low": -2.0,
        "high": -0.4,
        "sure": True,
        "status": "both",
    }
    found: dict[str, Any] = {
        "verdict": "within_fall", "unit": "points", "segments": [one], "offsetting": {}, "margin": 3.0, "flat": False, "n": 18,
        "value_first": 22.6, "value_second": 21.4, "n_first": 9, "n_second": 9, **parts,
        "first": "2025-01-01/2025-06-30", "second": "2025-07-01/2025-12-31",
    }  # fmt: skip
    for name, value in parts.items():
        found |= {f"{name}_low": value - 0.3, f"{name}_high": value + 0.3}
    return found


def name(part: Any) -> str:
    return str(part["segment"])


def test_the_level_and_its_change_have_as_many_decimals() -> None:
    found = changed(within=-1.2, mix=0.0, total=-1.2)
    table = tables.segments_table(found, "Ryhmä", name)
    assert table.rows[-1][2] == "22,6 → 21,4"
    assert table.rows[-1][3].startswith("−1,2")
    picture = pictures.steps(found, "Nps", name, table)
    assert "yhteensä −1,2 pistettä (−1,5…−0,9)" in picture.summary
    labels = [row["text"] for row in picture.spec(width=720, height=300, scheme="light")["data"]["values"]]
    assert (labels[0], labels[-1]) == ("22,6", "21,4")


def test_parts_that_would_not_add_up_in_whole_figures_get_a_decimal() -> None:
    """−2.6 and +1.4 make −1.2: in whole figures −3 and +1 would make −1."""
    apart = sentences.answer(changed(within=-2.6, mix=1.4, total=-1.2), "Nps", name)
    assert "2,6 pistettä" in apart
    assert "+1,4 pistettä" in apart
    whole = sentences.answer(changed(within=-3.1, mix=2.1, total=-1.0), "Nps", name)
    assert "3 pistettä" in whole
    assert "+2 pistettä" in whole


def test_an_interval_is_kept_on_one_line_in_every_language() -> None:
    assert unbroken("10–12") == f"10{JOINED}12"
    assert unbroken("−3…+5") == "−3\u2060…\u2060+5"
    assert unbroken("(−3 to 5)") == "(−3\u00a0to\u00a05)"
    assert unbroken("Hinta – ja vastine") == "Hinta – ja vastine"


def test_everything_on_the_page_is_kept_but_links_and_markup() -> None:
    cell = kept_table(Table("10–12", [("a", "")], [[Linked("1–2", "/x/?a=1–2")]])).rows[0][0]
    assert isinstance(cell, Linked)
    assert (str(cell), cell.href) == (f"1{JOINED}2", "/x/?a=1–2")
    part = kept_part(Part("a", "10–12", context={"rows": [("1–2", mark_safe("<b>1–2</b>"))], "n": 3}))
    assert part.words == f"10{JOINED}12"
    assert part.context == {"rows": [[f"1{JOINED}2", "<b>1–2</b>"]], "n": 3}
    assert kept(None) is None


@pytest.mark.django_db
def test_the_pages_themselves_keep_their_intervals(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko, weeks=12, fall_from=6)
    a_model_measure(aurinko)
    page = DecomposePage()
    data = data_of(aurinko)
    usual = page.usual_with(data, {"outcome": "answer_nps"})
    assert usual is not None
    form = page.form(data, choices.bound(usual))
    assert form.is_valid(), form.errors
    question = Question(page, data, form.cleaned_data)
    runs.ask(question, anna)
    jobs.run_due()
    for address in ("understanding/decompose/", "measures/recommend/", ""):
        text = signed_in(anna).get(f"/o/aurinko/{address}").content.decode()
        assert "\u2060…\u2060" in text, address


def test_a_measures_interval_and_difference_are_kept() -> None:
    row = Row(None, None, 18.0, 15.0, 21.0, 100, 100.0)
    assert Shown("points").figure(row) == f"18 (15{JOINED}21)"
    change = Difference(row, row, 6.0, 2.0, 10.0, 0.01, True)
    assert Shown("points").difference(change) == "+6 (+2\u2060…\u2060+10)"


def test_the_ends_of_an_interval_are_told_apart() -> None:
    assert words.decimals([(-2.4, -1.6), (10.0, 20.0)]) == 1
    assert words.decimals([(-3.0, -1.0), (10.0, 20.0)]) == 0
    assert words.decimals([(0.001, 0.002)]) == 2
    assert words.decimals([(1.0, 1.0)]) == 0


def test_themes_of_memory_show_their_intervals_and_are_counted_in_the_answer() -> None:
    one = {
        "theme": "price",
        "at_moment": 0.035,
        "later": 0.015,
        "value": -0.02,
        "low": -0.024,
        "high": -0.016,
        "sure": True,
    }
    two = {
        "theme": "wait",
        "at_moment": 0.2,
        "later": 0.201,
        "value": 0.001,
        "low": -0.004,
        "high": 0.004,
        "sure": False,
    }
    table = memory.themes_table([one, two], str)
    assert [row[4] for row in table.rows] == ["−0,4…0,4", "−2,4…−1,6"]
    assert table.rows[1][3] == "−2,0"
    said = "Yhdestä teemasta puhutaan myöhemmin varmasti enemmän tai vähemmän kuin hetkissä."
    assert memory.counted([one, two]) == said
    assert memory.counted([one] * 14).startswith("14 teemasta puhutaan")
    assert memory.counted([two]) == ""


def test_the_tables_of_firms_say_why_they_differ_from_the_answer() -> None:
    twice = [{"n_accounts": 300}, {"n_accounts": 177}]
    assert "riveillä: siksi rivien yrityksiä on yhteensä 477, vaikka kuultuja yrityksiä on 396." in beside(twice, 396)
    assert beside(twice, 477).endswith("jossa jokainen yritys on yksi.")
