"""The answer told: what can go and what it costs, what is asked twice, and what careless answers change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Shown
from kapula_web.insights.analyses.prune.parts import careless_part, path_picture, questions_table, reliability_words
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import figures

Found = Mapping[str, Any]
NAMED = 3
"""More than this are counted in the answer, and named in the table."""


def shown(found: Found, labels: Mapping[str, str], leading: Sequence[str], about: str) -> Shown:
    """``labels``: question → its name. ``leading``: names of the figures at hand."""
    parts = []
    if found["with_all"] is None:
        parts.append(Part(table=questions_table(found, labels)))
    else:
        table = questions_table(found, labels)
        picture = path_picture(found, labels, about)
        parts += [Part(picture=picture), Part(table=table)] if picture else [Part(table=table)]
        told = reliability_words(found, labels)
        if told:
            parts.append(Part(heading=gettext("Mittaavatko kysymykset samaa asiaa?"), words=told))
        if found["careless"]:
            parts.append(careless_part(found, labels))
    return Shown(
        answer=answer(found, labels),
        evidence=words.evidence(about, figures.count_words(found["n"]), gettext("95 %:n väli")),
        parts=parts,
        notes=[*_notes(leading), *warnings(found)],
        method=method(found, labels, leading),
    )


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


def _notes(leading: Sequence[str]) -> list[str]:
    if not leading:
        return []
    return [
        gettext("Nämä tiedetään kysymättäkin, joten ne ovat mallissa aina: %(names)s.")
        % {"names": words.joined(leading)}
    ]


def method(found: Found, labels: Mapping[str, str], leading: Sequence[str]) -> list[tuple[str, str]]:
    used = found["method"]
    lines = [
        (
            gettext("Ennuste"),
            gettext("Lineaarinen malli: %(outcome)s kysymyksistä. Mukana vain vastaukset, joissa on vastattu kaikkiin.")
            % {"outcome": labels.get(found["outcome"], found["outcome"])},
        ),
        (
            gettext("Karsinta"),
            gettext(
                "Joka askeleella pois se kysymys, jota ilman ennuste heikkenee vähiten (taaksepäin askeltava valinta)."
            ),
        ),
        (
            gettext("Mitä se maksaa"),
            gettext(
                "Selitysasteen lasku vastauksissa, joita valinta ei ole nähnyt: sisäkkäinen ristiinvalidointi, %(folds)s osaa ja "
                "%(repeats)s toistoa; saman asiakkaan vastaukset pysyvät samassa osassa."
            )
            % {"folds": used["folds"], "repeats": used["repeats"]},
        ),
        (
            gettext("Raja"),
            gettext(
                "Lasku enintään %(loss)s prosenttiyksikköä välin ylärajalla, ja jäljelle jäävien järjestys pysyy "
                "(Spearman vähintään %(rank)s)."
            )
            % {"loss": figures.number(100 * used["max_loss"], 1), "rank": figures.number(used["min_agreement"], 1)},
        ),
    ]
    if used["weight"]:
        lines.append((gettext("Painot"), gettext("Vastaukset on painotettu aineiston painokertoimilla.")))
    return lines
