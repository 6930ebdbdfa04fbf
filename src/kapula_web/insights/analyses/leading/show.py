"""The answer in words, its pictures and its tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Shown
from kapula_web.insights.analyses.leading.pictures import beside_picture, scan_picture
from kapula_web.insights.analyses.leading.tables import tested_table, watch_table
from kapula_web.kit import codes, figures

NAMED = ("constant", "moves_after", "moves_both_ways", "wandering", "mostly_missing")
"""Warnings that are told of the candidates they are about."""


@dataclass(frozen=True, slots=True)
class Names:
    """What people call what was asked: the target, the candidates by code and what follows their numbers, teams, and the place."""

    target: str
    candidates: Mapping[str, str]
    suffixes: Mapping[str, str]
    team: Callable[[str], str]
    place: str

    def of(self, one: Mapping[str, Any]) -> str:
        return self.candidates.get(one["name"], one["name"])


def shown(found: Mapping[str, Any], names: Names, when: str) -> Shown:
    """``when``: the days the answers are from."""
    leads = [one for one in found["leads"] if one["leads"]]
    about = words.evidence(names.place, when, _units(found))
    title = _title(leads, names)
    parts = [Part(picture=scan_picture(found, names, title, about))]
    if leads:
        watch = next(one for one in found["watch"] if one["name"] == leads[0]["name"])
        parts.append(Part(gettext("Rinnakkain"), picture=beside_picture(watch, leads[0], names, about)))
        parts += [_watched(one, found, names) for one in found["watch"]]
    parts.append(Part(gettext("Kaikki kokeillut"), table=tested_table(found, names)))
    evidence = words.evidence(about, gettext("95 %:n välit"))
    return Shown(_answer(found, leads, names), evidence, parts, _notes(found, names), _method(found))


def _units(found: Mapping[str, Any]) -> str:
    told = {"weeks": figures.number(found["n"], 0), "teams": found["units"]}
    return ngettext("%(weeks)s viikkoa, yksi tiimi", "%(weeks)s viikkoa × %(teams)s tiimiä", found["units"]) % told


def _answer(found: Mapping[str, Any], leads: Sequence[Mapping[str, Any]], names: Names) -> str:
    """One sentence with its uncertainty, and a second with what else leads."""
    if not leads:
        told = {"n": len(found["leads"]), "lags": words.span(found["method"]["max_lag"]), "target": names.target}
        return (
            gettext(
                "Mikään %(n)s kokeillusta ei varmasti liiku ennen arvosanaa ”%(target)s”, kun katsotaan %(lags)s taakse."
            )
            % told
        )
    first = leads[0]
    told = {
        "name": names.of(first),
        "span": words.span(first["lag"]),
        "target": names.target,
        "gain": words.share(first["gain"], first["low"], first["high"]),
    }
    answer = _lead_sentence(first) % told
    if len(leads) > 1:
        others = [
            gettext("%(name)s (%(span)s)") % {"name": words.within(names.of(one)), "span": words.span(one["lag"])}
            for one in leads[1:]
        ]
        answer += " " + gettext("Aiemmin liikkuvat myös %(names)s.") % {"names": words.joined(others)}
    return answer


def _lead_sentence(first: Mapping[str, Any]) -> str:
    if first["t"] < 0:
        return gettext(
            "%(name)s ennakoi: kun se nousee, ”%(target)s” laskee %(span)s myöhemmin. "
            "Ennusteen virhe pienenee %(gain)s."
        )
    return gettext(
        "%(name)s ennakoi: kun se nousee, ”%(target)s” nousee %(span)s myöhemmin. Ennusteen virhe pienenee %(gain)s."
    )


def _title(leads: Sequence[Mapping[str, Any]], names: Names) -> str:
    if not leads:
        return gettext("Mikään ei erotu sattumasta millään viiveellä")
    told = {"name": names.of(leads[0]), "span": words.span(leads[0]["lag"])}
    return (
        gettext("%(name)s liikkuu %(span)s aiemmin, muilla viiveillä se ei erotu") % told
        if _alone(leads[0])
        else gettext("%(name)s liikkuu selvimmin %(span)s aiemmin") % told
    )


def _alone(lead: Mapping[str, Any]) -> bool:
    """Whether no other lag is sure."""
    sure = [step for step in lead["profile"] if step["q"] is not None and step["q"] <= 0.05]
    return len(sure) == 1


def _watched(one: Mapping[str, Any], found: Mapping[str, Any], names: Names) -> Part:
    """The leader as a warning: how it would have done, where it stands now."""
    heading = gettext("Tarkkaile: %(name)s") % {"name": words.within(names.of(one))}
    if not one["pays"]:
        return Part(
            heading, gettext("Mikään hälytysraja ei olisi maksanut itseään takaisin: vääriä hälytyksiä tulisi liikaa.")
        )
    told = {
        "alarms": figures.number(one["alarms"], 0),
        "hits": figures.number(one["hits"], 0),
        "precision": figures.percent(one["precision"]),
        "caught": figures.percent(one["caught"]),
        "yearly": figures.number(one["false_per_year"], 1),
        "span": words.span(one["lag"]),
        "cost": figures.number(found["method"]["miss_cost"]),
    }
    sentences = [
        gettext("Raja olisi hälyttänyt %(alarms)s kertaa, ja huono viikko tuli %(hits)s kerralla (%(precision)s).")
        % told,
        gettext("Huonoista viikoista se olisi huomannut %(caught)s %(span)s ennalta.") % told,
        gettext("Vääriä hälytyksiä tulisi %(yearly)s vuodessa tiimiä kohti.") % told
        if one["false_per_year"] is not None
        else "",
        gettext("Raja on valittu niin, että huomaamatta jäänyt huono viikko maksaa %(cost)s väärän hälytyksen verran.")
        % told,
        "" if one["cost"] < one["cost_silent"] else gettext("Kokeessa raja ei silti maksanut itseään takaisin."),
    ]
    return Part(heading, " ".join(text for text in sentences if text), table=watch_table(one, names))


def _notes(found: Mapping[str, Any], names: Names) -> list[str]:
    """Each warning in words; those of single candidates with their names."""
    notes = [str(codes.words("warning", code)) for code in found["warnings"] if code not in NAMED]
    for code in NAMED:
        about = [names.of(one) for one in found["leads"] if code in one["warnings"]]
        if about:
            notes.append(f"{', '.join(about)}: {words.within(str(codes.words('warning', code)))}")
    return notes


def _method(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    method = found["method"]
    told = {"tests": figures.number(found["tested"], 0), "candidates": len(found["leads"]), "lags": method["max_lag"]}
    return [
        (
            gettext("Menetelmä"),
            gettext(
                "Kustakin luvusta poistetaan tiimin taso, suunta ja vuodenaika sekä se, mikä liikutti kaikkia tiimejä samalla viikolla. "
                "Luvun yllättäviä muutoksia verrataan arvosanan myöhempiin muutoksiin, joita arvosanan oma menneisyys ei selitä."
            ),
        ),
        (
            gettext("Sattuma"),
            gettext(
                "%(tests)s koetta (%(candidates)s ehdokasta × viiveet 1–%(lags)s viikkoa) korjattu yhdessä (Benjamini–Hochberg)."
            )
            % told,
        ),
        (
            gettext("Ennuste"),
            gettext(
                "Hyöty on laskettu ennustamalla jälkimmäinen puolikas viikoista vain siitä, mitä silloin tiedettiin, "
                "ehdokkaan kanssa ja ilman."
            ),
        ),
        (
            gettext("Huono viikko"),
            gettext("Tiimin viikko, joka on sen omien aiempien viikkojen huonoimmassa %(share)s.")
            % {"share": _worst(method["event"])},
        ),
    ]


def _worst(share: float) -> str:
    return gettext("viidenneksessä") if share == 0.2 else figures.percent(share)
