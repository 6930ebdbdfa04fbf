"""Ihminen vai kone? Every reason that is surely somewhere is told, what is to be done can be done, and the reason itself is explained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from spoken_data import read
from test_analysis_spoken import TestContactReasons as Planted
from test_analysis_spoken import told

from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses.contact_reasons import show
from kapula_web.insights.analyses.contact_reasons.page import ContactReasonsPage
from kapula_web.insights.analyses.telling import command, method_lines


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield


def placed(**verdicts: str) -> dict[str, Any]:
    lean = {"value": 0.1, "low": 0.05, "high": 0.15}
    row = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 100}
    reasons = [
        {
            "reason": name, "verdict": verdict, "likely": verdict, "certainty": {verdict: 0.99}, "n": 100,
            "feeling": lean, "trouble": lean, "volume": row, "effort": row, "emotion": row, "resolved": row,
        }
        for name, verdict in verdicts.items()
    ]  # fmt: skip
    answers = dict.fromkeys(("effort", "emotion", "resolved"), 900)
    return {"reasons": reasons, "n": 900, "answers": answers, "verdict": "placed", "warnings": []}


def test_every_sure_reason_is_named_or_counted() -> None:
    human = dict.fromkeys(("A", "B", "C", "Saatavuus"), "help_human")
    said = show.answer(placed(**human, Lasku="leave", Muu="not_sure"), str)
    assert said == "Ihmiselle: A, B, C ja Saatavuus. Ennalleen: Lasku. Muista (1) ei voi vielä sanoa varmasti."
    many = show.answer(placed(**human, D="help_human", E="help_human"), str)
    assert many == "Ihmiselle: A, B, C ja 3 muuta."


def test_a_theme_is_not_told_to_be_removed() -> None:
    said = show.answer(placed(**{"Hinta ja vastine": "remove_cause"}), str)
    assert said == "Lue kommenteista, mikä vaivaa, ja korjaa se: Hinta ja vastine."


def test_no_two_corners_of_the_map_have_one_name() -> None:
    shown = show.shown(placed(A="help_human", B="automate"), str, lambda code: "", "2026")
    picture = shown.parts[0].picture
    assert picture is not None
    spec = picture.spec(width=360, height=300, scheme="light")
    corners = {"korjaa vaiva", "ihmiselle, vaivalloinen", "koneelle tai ennalleen", "ihmiselle, helppo"}
    assert corners <= set(texts(spec))


def texts(found: Any) -> list[str]:
    """Every text anywhere in a specification."""
    if isinstance(found, str):
        return [found]
    inside = found.values() if isinstance(found, dict) else found if isinstance(found, list) else []
    return [text for one in inside for text in texts(one)]


@pytest.mark.django_db
def test_the_page_says_what_it_takes_for_the_reason_and_why(aurinko: Organisation) -> None:
    planted = Planted()
    planted.contacts(aurinko)
    before, question = told(ContactReasonsPage(), aurinko)
    assert "vasta 0. Kun niitä on 200, syyksi vaihtuvat kommenttien teemat." in before.notes[0]
    assert command(question)
    read(aurinko, planted.made, planted.said)
    after, question = told(ContactReasonsPage(), aurinko)
    assert after.notes[0].startswith("Syynä ovat kommenttien teemat: luettuja kommentteja")
    assert "900" in after.notes[0]
    assert command(question) == ""
    assert "valmista komentoa ei ole" in dict(method_lines(question, after.shown))["Komento"]
    chosen, _ = told(ContactReasonsPage(), aurinko, reason="touchpoint")
    assert chosen.notes[0].startswith("Syynä on kohtaamispiste, koska se on valittu.")


def test_a_figure_says_what_it_is_of_where_not_every_contact_was_rated() -> None:
    found = placed(A="help_human", B="leave")
    whole = show.shown(found, str, lambda reason: f"/{reason}", "2026")
    assert not any("joista ne tiedetään" in note for note in whole.notes)
    assert not any(", n " in str(cell) for cell in whole.parts[0].picture.table.rows[0])
    found["answers"] = {"effort": 420, "emotion": 900, "resolved": 77}
    found["reasons"][0] |= {"effort": found["reasons"][0]["effort"] | {"n": 42}}
    part = show.shown(found, str, lambda reason: f"/{reason}", "2026")
    (note,) = [one for one in part.notes if "joista ne tiedetään" in one]
    assert "vaiva 420, tunne 900 ja ratkeaminen 77 yhteydenotosta" in note
    first, second = part.parts[0].picture.table.rows
    assert first[4].endswith(", n 42")
    assert not any(", n " in str(cell) for cell in (*first[5:], *second))
