"""The answer in words, its pictures and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Shown
from kapula_web.insights.analyses.linkage.pictures import profile_picture, scan_picture
from kapula_web.insights.analyses.linkage.tables import effects_table, units_table
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import figures

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """What people call the two questions, the touchpoints and the teams."""

    customer: str
    staff: str
    place: Callable[[Any], str]
    team: Callable[[Any], str]


def shown(found: Found, names: Names, when: str) -> Shown:
    """``when``: the days the answers are from."""
    leads = in_order(found)
    about = words.evidence(when, _teams(found["n"]), figures.count_words(found["n_customers"]))
    title = _title(leads, names)
    tried = len({one["touchpoint"] for one in found["effects"] if one["within"]})
    parts = [Part(words=_rest(leads, tried, names) if leads else "", picture=scan_picture(found, names, title, about))]
    if leads:
        place = names.place(leads[0]["touchpoint"])
        heading = gettext("%(place)s: viive") % {"place": place}
        parts.append(Part(heading, picture=profile_picture(found, leads[0], names, about)))
    parts.append(Part(table=effects_table(found, names)))
    units = units_table(found, names)
    if units is not None:
        parts.append(Part(gettext("Tiimit vierekkäin"), _between(found), table=units))
    return Shown(answer(found, leads, names), about, parts, _notes(found), _method(found))


def in_order(found: Found) -> list[Mapping[str, Any]]:
    """The effects that lead, the surest first."""
    wanted = {(one["touchpoint"], one["lag"]) for one in found["leads"]}
    chosen = [one for one in found["effects"] if (one["touchpoint"], one["lag"]) in wanted]
    return sorted(chosen, key=lambda one: (one["within"]["p"], one["touchpoint"]))


def answer(found: Found, leads: Sequence[Mapping[str, Any]], names: Names) -> str:
    """One sentence on the surest link; the rest of the touchpoints stand beside the picture."""
    tried = {one["touchpoint"] for one in found["effects"] if one["within"]}
    told = {"staff": words.within(names.staff), "customer": words.within(names.customer), "n": len(tried)}
    if not leads:
        if found["verdict"] == "linked_between":
            return (
                gettext(
                    "Tiimien välillä näkyy: missä henkilöstön ”%(staff)s” on korkeampi, on asiakkaidenkin ”%(customer)s” "
                    "keskimäärin toinen. "
                    "Ajan mukana yhteyttä ei näy varmasti."
                )
                % told
            )
        return (
            ngettext(
                "Ei näy varmasti: tutkitussa kohtaamispisteessä ”%(customer)s” ei liiku henkilöstön kokemuksen ”%(staff)s” mukana.",
                "Ei näy varmasti: missään %(n)s tutkitusta kohtaamispisteestä ”%(customer)s” ei liiku henkilöstön kokemuksen "
                "”%(staff)s” mukana.",
                len(tried),
            )
            % told
        )
    first = leads[0]["within"]
    told |= {
        "place": names.place(leads[0]["touchpoint"]),
        "size": figures.number(abs(first["value"]), 2),
        "range": figures.interval(*_ends(first), "scale"),
        "when": when(leads[0]["lag"]),
    }
    sentence = (
        gettext(
            "%(place)s: kyllä. Kun tiimin ”%(staff)s” on pisteen tavallista ylempänä, asiakkaiden ”%(customer)s” on "
            "%(when)s %(size)s ylempänä (%(range)s)."
        )
        if first["value"] > 0
        else gettext(
            "%(place)s: kyllä, mutta vastakkain. Kun tiimin ”%(staff)s” on pisteen tavallista ylempänä, "
            "asiakkaiden ”%(customer)s” on %(when)s %(size)s alempana (%(range)s)."
        )
    )
    return sentence % told


def when(lag: int) -> str:
    """ "samalla viikolla", "kolme viikkoa myöhemmin"."""
    return gettext("%(span)s myöhemmin") % {"span": words.span(lag)} if lag else gettext("samalla viikolla")


def _ends(slope: Mapping[str, Any]) -> tuple[float, float]:
    low, high = sorted((abs(slope["low"]), abs(slope["high"])))
    return low, high


def _rest(leads: Sequence[Mapping[str, Any]], tried: int, names: Names) -> str:
    others = tried - len(leads)
    told = (
        [
            gettext("Samoin: %(places)s.")
            % {"places": words.joined([names.place(one["touchpoint"]) for one in leads[1:]])}
        ]
        if leads[1:]
        else []
    )
    if others > 0:
        told.append(
            ngettext(
                "Yhdessä muussa kohtaamispisteessä yhteyttä ei näy varmasti.",
                "Muissa %(n)s kohtaamispisteessä yhteyttä ei näy varmasti.",
                others,
            )
            % {"n": others}
        )
    return " ".join(told)


def _title(leads: Sequence[Mapping[str, Any]], names: Names) -> str:
    if not leads:
        return gettext("Missään kohtaamispisteessä yhteys ei erotu sattumasta")
    told = {"place": names.place(leads[0]["touchpoint"]), "when": when(leads[0]["lag"])}
    return gettext("%(place)s: asiakkaan kokemus seuraa henkilöstön kokemusta, selvimmin %(when)s") % told


def _teams(n: int) -> str:
    return ngettext("%(n)s tiimi", "%(n)s tiimiä", n) % {"n": n}


def _between(found: Found) -> str:
    """How the teams' own levels go together, where there are enough of them anywhere."""
    slopes = {one["touchpoint"]: one["between"] for one in found["effects"] if one["between"]}
    if not slopes:
        return gettext(
            "Tiimejä on kussakin kohtaamispisteessä liian vähän, jotta tasoja voisi verrata keskenään (tarvitaan viisi)."
        )
    sure = [one for one in slopes.values() if one["sure"]]
    if sure:
        return gettext("Tiimien tasot kulkevat yhdessä varmasti ainakin yhdessä kohtaamispisteessä.")
    return gettext("Tiimien tasoista ei voi varmasti sanoa, että ne kulkisivat yhdessä.")


def _notes(found: Found) -> list[str]:
    notes = [
        gettext(
            "Henkilöstön ja asiakkaan kokemus eivät ole sama asia: yhteys on tutkittu jokaisessa kohtaamispisteessä erikseen."
        ),
        *warnings(found),
    ]
    if found["steadiness"] is not None and found["steadiness"] < 0.7:
        notes.append(
            gettext(
                "Tiimin yhden viikon luku on epätarkka (luotettavuus %(share)s), joten todellinen yhteys on luultavasti tässä "
                "laskettua vahvempi."
            )
            % {"share": figures.percent(found["steadiness"])}
        )
    return notes


def _method(found: Found) -> list[tuple[str, str]]:
    agreed, icc1, icc2 = found["rwg"], found["icc1"], found["icc2"]
    lines = [
        (
            gettext("Menetelmä"),
            gettext(
                "Tiimin viikkoa verrataan tiimin omaan tavalliseen, suunta ja vuodenaika poistettuina, joten tiimien väliset "
                "pysyvät erot eivät "
                "vaikuta. Tiimien tasoja verrataan erikseen. Epävarmuus on laskettu tiimeittäin; alle kuuden tiimin "
                "kohtaamispisteissä jaksoittain."
            ),
        ),
        (
            gettext("Sattuma"),
            gettext("Kaikki kohtaamispisteet ja viiveet on korjattu yhdessä (Benjamini–Hochberg)."),
        ),
    ]
    if icc1 and icc2:
        told = {"one": figures.number(icc1["value"], 3), "two": figures.number(icc2["value"], 2)}
        text = gettext("ICC(1) %(one)s, ICC(2) %(two)s") % told
        if agreed:
            text += ", " + gettext("r_wg (mediaani) %(value)s") % {"value": figures.number(agreed["median"], 2)}
        lines.append((gettext("Saako vastaukset laskea yhteen"), text))
    return lines
