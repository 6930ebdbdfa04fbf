"""The answer's parts in their order: words, picture, tables and notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Shown, Table
from kapula_web.insights.analyses.intended.answer import answer
from kapula_web.insights.analyses.intended.method import method_of
from kapula_web.insights.analyses.intended.names import Names
from kapula_web.insights.analyses.intended.over_time import over_time
from kapula_web.insights.analyses.intended.shares import aims_table, shares_picture
from kapula_web.insights.analyses.intended.tables import groups_table, kinds_table, lacking_table
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import figures

Found = Mapping[str, Any]


def shown(found: Found, names: Names, group: Callable[[str], str], about: str, slug: str) -> Shown:
    told = [one for one in found["aims"] if one["value"] is not None and one["name"] in names]
    table = aims_table(found, names)
    parts = [Part(picture=shares_picture(told, names, about, table))] if told else [Part(table=table)]
    if (trend := over_time(told, names, about)) is not None:
        parts.append(trend)
    extra: Sequence[tuple[str, str, Table | None]] = (
        (
            gettext("Mitä puuttui?"),
            gettext("Kuinka usein kukin ehto täyttyi, ja kuinka usein juuri se olisi riittänyt lisää."),
            lacking_table(told, names),
        ),
        (gettext("Hyvä ei ole sama kuin tarkoitettu"), _kinds_words(told, names), kinds_table(told, names)),
        (
            gettext("Missä se onnistuu?"),
            gettext("Jokaista ryhmää on verrattu muihin."),
            groups_table(told, names, group),
        ),
    )
    parts += [Part(heading=heading, words=text, table=one) for heading, text, one in extra if one is not None]
    if any(one["contrasts"] for one in told) and extra[-1][-1] is None:
        parts.append(Part(heading=extra[-1][0], words=gettext("Mikään ryhmä ei erotu muista varmasti.")))
    return Shown(
        answer=answer(told, names),
        evidence=words.evidence(about, figures.count_words(found["n"]), gettext("95 %:n väli")),
        parts=parts,
        notes=[*_lacking_notes(found, names), *warnings(found)],
        method=method_of(found),
        links=[(gettext("Katso ja muokkaa tavoitteita"), reverse("insights:aims", args=[slug]))],
    )


def _kinds_words(told: Sequence[Found], names: Names) -> str:
    known = [one for one in told if one["kinds"] and one["kinds"]["good_only"]["value"] is not None]
    if not known:
        return ""
    most = max(known, key=lambda one: one["kinds"]["good_only"]["value"])
    cell = most["kinds"]["good_only"]
    return gettext(
        "%(name)s: %(share)s kokemuksista sai hyvän arvosanan, vaikka kokemus ei ollut tavoitteen mukainen."
    ) % {
        "name": names[most["name"]].name,
        "share": words.share(cell["value"], cell["low"], cell["high"]),
    }


def _lacking_notes(found: Found, names: Names) -> list[str]:
    return [
        gettext("%(name)s: vastauksia on %(n)s, tarvitaan noin %(needed)s.")
        % {
            "name": names[one["name"]].name,
            "n": figures.number(one["n"], 0),
            "needed": figures.number(one["needed_n"], 0),
        }
        for one in found["aims"]
        if one["needed_n"] is not None and one["name"] in names
    ]
