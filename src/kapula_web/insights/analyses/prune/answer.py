"""The answer in words: what can go and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.kit import figures

Found = Mapping[str, Any]
NAMED = 3
"""More than this are counted in the answer, and named in the table."""


def answer(found: Found, labels: Mapping[str, str]) -> str:
    outcome = words.within(labels.get(found["outcome"], found["outcome"]))
    verdict = found["verdict"]
    if verdict == "can_drop":
        return words.capital(_gone(found, labels) + " " + _cost(found["with_all"]))
    if verdict == "unsure":
        needed = figures.number(found["needed_n"] or 0, 0)
        return gettext("Vielä ei voi sanoa, voiko jonkin kysymyksen jättää pois: tarvitaan noin %(n)s vastausta.") % {
            "n": needed
        }
    if verdict == "keep_all":
        return gettext("Yhtäkään näistä kysymyksistä ei voi jättää pois niin, että ennuste pysyisi yhtä hyvänä.")
    return gettext(
        "Nämä kysymykset eivät varmasti ennusta, mitä vastataan kohtaan %(outcome)s, joten yhtäkään ei voi nostaa muiden edelle."
    ) % {"outcome": outcome}


def _gone(found: Found, labels: Mapping[str, str]) -> str:
    """ "Luotettavuus ja vastuullisuus voi jättää kysymättä", or how many of how many."""
    gone = [words.within(labels.get(name, name)) for name in found["drop"]]
    if len(gone) <= NAMED:
        return gettext("%(names)s voi jättää kysymättä:") % {"names": words.joined(gone)}
    told = {"n": len(gone), "all": len(found["questions"])}
    return gettext("Kysymyksiä on %(all)s, ja niistä %(n)s voi jättää kysymättä:") % told


def _cost(cut: Found | None) -> str:
    if cut is None or cut["high"] < 0.0005:
        return gettext("ennuste pysyy yhtä hyvänä.")
    return gettext("selitysaste laskee enintään %(most)s prosenttiyksikköä (nyt %(r2)s).") % {
        "most": figures.number(100 * cut["high"], 1),
        "r2": figures.percent(cut["r2"]["value"]),
    }
