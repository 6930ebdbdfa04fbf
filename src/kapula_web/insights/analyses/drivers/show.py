"""The answer as a page: its pictures, and what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Shown
from kapula_web.insights.analyses.drivers.method import method_lines, notes_of
from kapula_web.insights.analyses.drivers.order import order_told
from kapula_web.insights.analyses.drivers.pictures import map_picture, shares_picture
from kapula_web.insights.analyses.drivers.sentences import answer, explained, title_of, without
from kapula_web.insights.analyses.drivers.tables import asymmetry_table, shares_table
from kapula_web.insights.analyses.drivers.wordings import QUADRANTS
from kapula_web.kit import figures


def shown(found: Mapping[str, Any], labels: Mapping[str, str], when: str) -> Shown:
    """``labels``: column → what people call it. ``when``: the days the answers are from."""
    drivers = ranked(found)
    outcome = labels.get(found["outcome"], found["outcome"])
    about = words.evidence(when, figures.count_words(found["n"]))
    if not drivers:
        return Shown(without(found, outcome, labels), about, notes=notes_of(found, labels))
    title = title_of(found, drivers, labels)
    parts = [
        Part(picture=shares_picture(found, drivers, labels, title, about, shares_table(drivers, labels))),
        Part(gettext("Kuinka varma järjestys on?"), order_told(found, drivers, labels)),
        *_asymmetry(found, labels),
        *_map(found, drivers, labels, about),
    ]
    evidence = words.evidence(when, figures.count_words(found["n"]), explained(found), gettext("95 %:n välit"))
    return Shown(answer(found, drivers, outcome, labels), evidence, parts, notes_of(found, labels), method_lines(found))


def ranked(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The drivers by share, each with its rank."""
    by_name = {one["name"]: one for one in found["drivers"]}
    return [{**by_name[rank["name"]], "order": rank} for rank in found["ranks"]]


def _asymmetry(found: Mapping[str, Any], labels: Mapping[str, str]) -> list[Part]:
    if not found.get("asymmetry"):
        return []
    says = gettext(
        "Kuinka paljon arvosana on alempana, kun asia meni huonosti, ja ylempänä, kun se meni hyvin, verrattuna siltä väliltä oleviin. "
        "Perusasiassa huono näkyy enemmän kuin hyvä, ilahduttajassa hyvä enemmän, tasaisessa yhtä paljon. "
        "Laji kerrotaan vain, kun se on varma ja sama, otettiinpa huonoiksi ja hyviksi mitkä vastaukset tahansa."
    )
    return [Part(gettext("Näkyykö huono vai hyvä enemmän?"), says, table=asymmetry_table(found, labels))]


def _map(
    found: Mapping[str, Any], drivers: Sequence[Mapping[str, Any]], labels: Mapping[str, str], about: str
) -> list[Part]:
    """The importance–performance map, when two drivers or more have a scale."""
    placed = [one for one in drivers if one["performance"] and one["part"] is not None]
    if len(placed) < 2 or found["verdict"] == "nothing_sure":
        return []
    says = []
    for code, words_ in QUADRANTS.items():
        names = [labels[one["name"]] for one in placed if one["performance"]["quadrant"] == code]
        if names:
            listed = words.joined([names[0], *map(words.within, names[1:])])
            says.append(
                gettext("%(where)s: %(names)s.") % {"where": words.capital(str(words_)), "names": words.within(listed)}
            )
    told = " ".join(says) if says else gettext("Minkään paikka kartalla ei ole varma.")
    return [Part(gettext("Mihin kannattaa tarttua?"), told, picture=map_picture(placed, labels, about))]
