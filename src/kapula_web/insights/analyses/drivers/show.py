"""The answer in words, its pictures and its tables."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Shown
from kapula_web.insights.analyses.drivers.pictures import map_picture, shares_picture
from kapula_web.insights.analyses.drivers.tables import asymmetry_table, shares_table
from kapula_web.insights.analyses.drivers.wordings import METHODS, QUADRANTS
from kapula_web.kit import codes, figures

SURE_PAIRS = 3
"""At most this many unsure pairs are told one by one."""
LIKELY = 0.95


def shown(found: Mapping[str, Any], labels: Mapping[str, str], when: str) -> Shown:
    """``labels``: column → what people call it. ``when``: the days the answers are from."""
    drivers = ranked(found)
    outcome = labels.get(found["outcome"], found["outcome"])
    about = words.evidence(when, figures.count_words(found["n"]))
    if not drivers:
        return Shown(_without(found, outcome, labels), about, notes=_notes(found, labels))
    title = _title(found, drivers, labels)
    parts = [
        Part(picture=shares_picture(found, drivers, labels, title, about, shares_table(drivers, labels))),
        Part(gettext("Kuinka varma järjestys on?"), _order(found, drivers, labels)),
        *_asymmetry(found, labels),
        *_map(found, drivers, labels, about),
    ]
    evidence = words.evidence(when, figures.count_words(found["n"]), _explained(found), gettext("95 %:n välit"))
    return Shown(_answer(found, drivers, outcome, labels), evidence, parts, _notes(found, labels), _method(found))


def ranked(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The drivers by share, each with its rank."""
    by_name = {one["name"]: one for one in found["drivers"]}
    return [{**by_name[rank["name"]], "order": rank} for rank in found["ranks"]]


def _answer(
    found: Mapping[str, Any], drivers: Sequence[Mapping[str, Any]], outcome: str, labels: Mapping[str, str]
) -> str:
    """One sentence with its uncertainty."""
    first = drivers[0]
    told = {
        "name": labels[first["name"]],
        "outcome": outcome,
        "part": words.fraction(first["part"] or 0.0),
        "interval": figures.interval(first["part_low"], first["part_high"], "share"),
    }
    if found["verdict"] == "nothing_sure":
        return gettext("Ei ole varmaa, että mikään näistä liittyy arvosanaan ”%(outcome)s”.") % told
    if found["verdict"] == "first_sure":
        return (
            gettext(
                "%(name)s liittyy vahvimmin arvosanaan ”%(outcome)s”: %(part)s selitetystä vaihtelusta (%(interval)s)."
            )
            % told
        )
    several = [labels[one["name"]] for one in drivers if one["order"]["low"] == 1]
    if len(several) == len(drivers) or first["part_low"] is None:
        return gettext("Nämä liittyvät arvosanaan ”%(outcome)s”, mutta ei ole varmaa, mikä niistä vahvimmin.") % told
    told["names"] = words.joined([several[0], *map(words.within, several[1:])])
    return gettext("%(names)s liittyvät vahvimmin arvosanaan ”%(outcome)s”; mikä niistä eniten, ei ole varmaa.") % told


def _without(found: Mapping[str, Any], outcome: str, labels: Mapping[str, str]) -> str:
    if found["verdict"] == "separated":
        return gettext("Osuuksia ei voi laskea: valitut asiat erottavat arvosanan ”%(outcome)s” virheettä.") % {
            "outcome": outcome
        }
    return gettext("Arvosana ”%(outcome)s” on kaikilla sama: ei ole vaihtelua, jota selittää.") % {"outcome": outcome}


def _title(found: Mapping[str, Any], drivers: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    name = labels[drivers[0]["name"]]
    if found["verdict"] == "first_sure":
        return gettext("%(name)s on varmasti ensimmäisenä") % {"name": name}
    return gettext("%(name)s on ensimmäisenä, mutta ei varmasti") % {"name": name}


def _explained(found: Mapping[str, Any]) -> str:
    r2 = words.share(found["r2"], found["r2_low"], found["r2_high"])
    return gettext("yhdessä nämä selittävät %(r2)s vaihtelusta") % {"r2": r2}


def _order(found: Mapping[str, Any], drivers: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    """The first's certainty, then the neighbours whose order is not sure."""
    first = drivers[0]
    if not found["pairs"] or found["verdict"] == "nothing_sure":
        return gettext("Järjestyksestä ei voi sanoa mitään varmaa.")
    told = [
        gettext("%(name)s on ensimmäinen: %(certain)s.")
        % {"name": labels[first["name"]], "certain": words.certain(first["order"]["first"])}
    ]
    pairs = {(pair["above"], pair["below"]): pair for pair in found["pairs"]}
    neighbours = [pairs[one["name"], other["name"]] for one, other in itertools.pairwise(drivers)]
    open_ = [pair for pair in neighbours if not pair["sure"]]
    told += [_open(pair, labels) for pair in open_[:SURE_PAIRS]]
    more = len(open_) - SURE_PAIRS
    if more > 0:
        said = ngettext(
            "Lisäksi %(n)s muun parin järjestys on epävarma.", "Lisäksi %(n)s muun parin järjestys on epävarma.", more
        )
        told.append(said % {"n": more})
    if not open_:
        told.append(gettext("Kaikkien vierekkäisten järjestys on varma."))
    return " ".join(told)


def _open(pair: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Two neighbours whose order is not sure when every pair is judged at once, though it may be likely by itself."""
    sides = {"above": labels[pair["above"]], "below": words.within(labels[pair["below"]])}
    sides["share"] = figures.percent(min(pair["certainty"], 0.99))
    if pair["certainty"] >= LIKELY:
        return (
            gettext(
                "%(above)s, sitten %(below)s: luultavasti näin päin (%(share)s), mutta kaikkia pareja verrattaessa se ei riitä varmaksi."
            )
            % sides
        )
    return gettext("%(above)s vai %(below)s: kumpi on edellä, ei ole varmaa (%(share)s).") % sides


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


def _notes(found: Mapping[str, Any], labels: Mapping[str, str]) -> list[str]:
    """Each warning in words, with the names it is about."""
    named = found.get("named") or {}
    notes = []
    for code in found["warnings"]:
        text = str(codes.words("warning", code))
        names = [labels.get(name, name) for name in named.get(code, ())]
        notes.append(f"{', '.join(names)}: {words.within(text)}" if names else text)
    return notes


def _method(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    method = found["settings"]
    lines = [(gettext("Menetelmä"), str(METHODS[method["method"]]))]
    resamples = {"n": figures.number(method["n_boot"], 0), "units": figures.number(found["units"], 0)}
    lines.append(
        (
            gettext("Välit"),
            gettext("%(n)s otosta asiakkaista (%(units)s), sama asiakas aina kokonaan mukana") % resamples,
        )
    )
    aside = sum((found["set_aside"] or {}).values())
    lines.append(
        (
            gettext("Puuttuvat vastaukset"),
            gettext("Mukana ovat vain vastaukset, joissa on vastattu kaikkiin; %(n)s jäi pois.")
            % {"n": figures.number(aside, 0)},
        )
    )
    if method["weight"]:
        lines.append((gettext("Painot"), gettext("vastausten omat painot")))
    return lines
