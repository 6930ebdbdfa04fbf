"""The answer told: which aims are met, what is lacking, and how often good was not as intended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kapula import charts
from kapula.charts.bars import ROW_HEIGHT
from kapula.results import Row
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Picture, Shown, Table
from kapula_web.insights.analyses.intended.tables import groups_table, kinds_table, lacking_table
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import figures

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AimWords:
    """An aim's name, its touchpoint's, and each rule in words by its column."""

    name: str
    place: str
    rules: Mapping[str, str]


Names = Mapping[str, AimWords]


def shown(found: Found, names: Names, group: Callable[[str], str], about: str, slug: str) -> Shown:
    told = [one for one in found["aims"] if one["value"] is not None and one["name"] in names]
    table = aims_table(found, names)
    parts = [Part(picture=_picture(told, names, about, table))] if told else [Part(table=table)]
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
        method=_method(found),
        links=[(gettext("Katso ja muokkaa tavoitteita"), reverse("insights:aims", args=[slug]))],
    )


def answer(told: Sequence[Found], names: Names) -> str:
    """The aim furthest from its target, or the share of the only one."""
    if not told:
        return gettext("Mistään tavoitteesta ei ole vielä tarpeeksi vastauksia.")
    missed = sorted((one for one in told if one["verdict"] == "missed"), key=lambda one: one["value"] - one["target"])
    if missed:
        worst = missed[0]
        text = gettext("%(name)s: näin oli vain %(share)s kokemuksista, kun tavoite on %(target)s.") % _told(
            worst, names
        )
        rest = len(missed) - 1
        more = ngettext("Myös %(n)s muu tavoite jää täyttymättä.", "Myös %(n)s muuta tavoitetta jää täyttymättä.", rest)
        return f"{text} {more % {'n': rest}}" if rest else text
    if all(one["verdict"] == "reached" for one in told):
        return ngettext("Tavoite täyttyy.", "Kaikki %(n)s tavoitetta täyttyvät.", len(told)) % {"n": len(told)}
    lowest = min(told, key=lambda one: one["value"])
    if lowest["target"] is None:
        return gettext("%(name)s: näin oli %(share)s kokemuksista.") % _told(lowest, names)
    text = gettext("Yksikään tavoite ei jää varmasti täyttymättä. Matalin on %(name)s: %(share)s, tavoite %(target)s.")
    return text % _told(lowest, names)


def _told(one: Found, names: Names) -> dict[str, str]:
    share = words.share(one["value"], one["low"], one["high"])
    target = figures.percent(one["target"]) if one["target"] is not None else ""
    return {"name": names[one["name"]].name, "share": share, "target": target}


def aims_table(found: Found, names: Names) -> Table:
    verdicts = {
        "reached": gettext("täyttyy"), "missed": gettext("ei täyty"), "unsure": gettext("ei vielä varmaa"),
        "measured": gettext("ei tavoitetta"), "not_enough": gettext("liian vähän vastauksia"),
    }  # fmt: skip
    head = [
        (gettext("Tavoite"), ""), (gettext("Missä"), ""), (gettext("Tavoitteen mukaisia"), "r"), (gettext("95 %:n väli"), "r"),
        (gettext("Tavoitetaso"), "r"), (gettext("Tulos"), ""), (gettext("Kokemuksia"), "r"), (gettext("Ei tiedetä"), "r"),
    ]  # fmt: skip
    rows, raw = [], []
    for one in found["aims"]:
        said = names.get(one["name"])
        rows.append(
            (
                said.name if said else one["name"],
                said.place if said else "",
                figures.percent(one["value"]),
                figures.interval(one["low"], one["high"], "share"),
                figures.percent(one["target"]),
                verdicts[one["verdict"]],
                figures.number(one["n"], 0),
                figures.percent(one["unknown_share"]),
            )
        )
        bounds = f"{one['low']}…{one['high']}"
        place = said.place if said else ""
        raw.append(
            (one["name"], place, one["value"], bounds, one["target"], one["verdict"], one["n"], one["unknown_share"])
        )
    return Table(gettext("Tavoitteet ja kuinka moni kokemus on niiden mukainen"), head, rows, raw)


def _picture(told: Sequence[Found], names: Names, about: str, table: Table) -> Picture:
    ordered = sorted(told, key=lambda one: one["value"])
    rows = [
        (names[one["name"]].name, Row(None, None, one["value"], one["low"], one["high"], one["n"], float(one["n"])))
        for one in ordered
    ]
    labels = {
        "value": gettext("osuus"), "low": gettext("vähintään"), "high": gettext("enintään"), "n": gettext("kokemuksia"),
        "group": gettext("tavoite"), "suppressed": "", "unit": figures.percent(0).removeprefix("0"), "format": ",.0f",
    }  # fmt: skip

    def spec(width: int = 720, height: int = 0, scheme: str = "css") -> dict[str, Any]:
        return charts.bars(rows, labels=labels, factor=100, width=width, scheme=scheme)

    summary = " ".join(f"{names[one['name']].name}: {_told(one, names)['share']}." for one in ordered)
    title = gettext("Kuinka moni kokemus oli sellainen kuin tavoiteltiin")
    subtitle = words.evidence(gettext("Osuus kokemuksista, viiva on 95 %:n väli"), about)
    tall = len(rows) * ROW_HEIGHT + 40
    return Picture("shares", title, subtitle, summary, spec, table, wide=(1040, tall), narrow=(360, tall))


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


def _method(found: Found) -> list[tuple[str, str]]:
    return [
        (
            gettext("Osuus"),
            gettext(
                "Tavoitteen mukaisten osuus niistä kokemuksista, joista se tiedetään. Wilsonin väli; "
                "saman asiakkaan vastaukset luetaan yhteen kuuluviksi."
            ),
        ),
        (
            gettext("Ei tiedetä"),
            gettext("Kokemus jätetään pois, jos puuttuva vastaus ratkaisisi, oliko se tavoitteen mukainen."),
        ),
        (
            gettext("Täyttyy"),
            gettext(
                "Tavoite täyttyy, kun koko väli on vähintään tavoitteessa, ja jää täyttymättä, kun koko väli on sen alla."
            ),
        ),
        (
            gettext("Vertailu"),
            gettext(
                "Ryhmän osuus miinus muiden osuus, erotuksen väli; monen vertailun korjaus "
                "(Benjamini–Hochberg) kaikkien tavoitteiden ja ryhmien yli."
            ),
        ),
    ]
