"""A figure in a table that leads to comments says so to those who hear the page, and leads only those who may read them."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string

from kapula_web.insights.analyses.contract import Linked, Table

TABLE = Table(
    "Teemat",
    [("Teema", ""), ("Osuus", "r")],
    [[Linked("Odotusaika", "/c/?theme=a"), Linked("12 %", "/c/?theme=a&from=b")], ["Hinta", "–"]],
)


def links(reads: bool) -> list[str]:
    """What each link is called."""
    text = render_to_string("kit/table.html", {"table": TABLE, "caption": "Teemat", "may_see_rows": reads})
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<a [^>]*>(.*?)</a>", text)]


def test_a_link_says_that_it_leads_to_comments_and_of_what() -> None:
    assert links(reads=True) == ["Kommentit: Odotusaika", "Kommentit: Odotusaika, Osuus: 12 %"]


@pytest.mark.parametrize("text", ["Odotusaika", "12 %", "Hinta"])
def test_for_those_who_may_not_read_comments_the_text_stands_alone(text: str) -> None:
    page = render_to_string("kit/table.html", {"table": TABLE, "caption": "Teemat", "may_see_rows": False})
    assert links(reads=False) == []
    assert text in page
