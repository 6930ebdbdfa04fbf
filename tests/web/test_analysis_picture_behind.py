"""What leads from a picture's marks to the words: which of it, how much, and for whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from kapula_web.insights.analyses.shown import MOST_WORDS, Linked, Picture, Table

MONTHS = [(Linked(f"kuu {at}", f"/?month={at}"), "1") for at in range(12)]


def picture(behind: Any = (), rows: Any = (), **more: Any) -> Picture:
    return Picture("one", "Otsikko", "", "", lambda **_: {}, Table("", [("", "")], rows), behind=behind, **more)


def test_the_heads_of_the_tables_rows_lead_when_nothing_else_is_given() -> None:
    assert picture(rows=MONTHS).words == [row[0] for row in MONTHS[:MOST_WORDS]]
    assert picture(["Ei linkkiä", Linked("Hinta", "/?theme=price")], MONTHS).words == ["Hinta"]


def test_of_periods_the_last_are_first() -> None:
    assert picture(rows=MONTHS, latest=True).words[:2] == ["kuu 11", "kuu 10"]
    assert len(picture(rows=MONTHS, latest=True).words) == MOST_WORDS


def test_marks_that_would_lead_to_the_same_comments_do_not() -> None:
    same = [
        Linked("Jono", "/?answer=nps"),
        Linked("Hinta", "/?theme=price"),
        Linked("Viive", "/?answer=nps"),
        Linked("Ei", ""),
    ]
    assert picture(same).words == ["Hinta"]


@pytest.mark.parametrize(("reads", "links"), [(True, 1), (False, 0)])
def test_only_those_who_may_read_comments_are_led_to_them(reads: bool, links: int) -> None:
    drawn = {"picture": picture(), "wide": "", "narrow": ""}
    told = {"drawn": drawn, "words": [Linked("Hinta", "/?theme=price")], "hrefs": [], "table": None}
    context = {"picture": told, "level": 2, "may_see_rows": reads}
    with translation.override("fi"):
        text = render_to_string("insights/analyses/picture.html", context)
    link = '<a href="/?theme=price"><span class="visually-hidden">Kommentit: </span>Hinta</a>'
    assert text.count(link) == links
    assert ("Kommentit:" in text) is reads
