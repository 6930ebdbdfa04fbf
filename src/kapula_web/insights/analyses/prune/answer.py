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
        return " ".join([words.capital(f"{_gone(found, labels)} {_cost(found)}"), *_of_others(found, outcome)])
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


def _predicted(found: Found) -> bool:
    return found["with_all"] is not None and found["with_all"]["verdict"] != "no_prediction"


def _of_others(found: Found, outcome: str) -> list[str]:
    """What goes without a model says nothing of whether the others predict: that is told beside it."""
    if _predicted(found) or len(found["drop"]) == len(found["questions"]):
        return []
    told = gettext("Muut eivät varmasti ennusta, mitä vastataan kohtaan %(outcome)s, joten niistä ei voi sanoa mitään.")
    return [told % {"outcome": outcome}]


def _gone(found: Found, labels: Mapping[str, str]) -> str:
    """ "Luotettavuus ja vastuullisuus voi jättää kysymättä", or how many of how many."""
    gone = [words.within(labels.get(name, name)) for name in found["drop"]]
    if len(gone) <= NAMED:
        return gettext("%(names)s voi jättää kysymättä:") % {"names": words.joined(gone)}
    told = {"n": len(gone), "all": len(found["questions"])}
    return gettext("Kysymyksiä on %(all)s, ja niistä %(n)s voi jättää kysymättä:") % told


def _cost(found: Found) -> str:
    cut = found["with_all"]
    if not _predicted(found):
        return gettext("mitään ei häviä.")
    if cut["high"] < 0.0005:
        return gettext("ennuste pysyy yhtä hyvänä.")
    return gettext("selitysaste laskee enintään %(most)s prosenttiyksikköä (nyt %(r2)s).") % {
        "most": figures.number(100 * cut["high"], 1),
        "r2": figures.percent(cut["r2"]["value"]),
    }
