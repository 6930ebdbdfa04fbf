"""The answer in words, the findings as a list with their way out, and what was looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Data, Part, Shown, Table
from kapula_web.insights.analyses.health.naming import Subjects
from kapula_web.insights.analyses.health.sentences import KINDS, sentence
from kapula_web.kit import codes, dates, figures

Found = Mapping[str, Any]
LIST = "insights/analyses/health_findings.html"


def shown(found: Found, data: Data) -> Shown:
    subjects = Subjects.of(data)
    items = [_item(one, subjects) for one in found["findings"]]
    about = words.evidence(
        gettext("katsottu %(day)s") % {"day": dates.date(found["method"]["as_of"])} if found["method"]["as_of"] else "",
        figures.count_words(found["n"]),
        gettext("tutkittu %(n)s asiaa") % {"n": figures.number(sum(found["checked"].values()), 0)},
    )
    parts = []
    if items:
        groups = [
            {
                "heading": codes.words("health_severity", level),
                "items": [one for one in items if one["severity"] == level],
            }
            for level in ("high", "medium", "low")
        ]
        parts.append(Part(template=LIST, context={"groups": [group for group in groups if group["items"]]}))
        parts.append(Part(table=_table(items)))
    parts.append(Part(gettext("Mitä katsottiin"), _unlooked(found), table=_looked(found)))
    return Shown(answer(found, items), about, parts, method=_method())


def answer(found: Found, items: Sequence[Mapping[str, Any]]) -> str:
    """How many things are wrong, and the gravest by name."""
    if not items:
        return gettext("Aineistosta ei löytynyt korjattavaa.")
    first = items[0]
    told = {"n": len(items), "what": f"{first['name']} – {words.within(first['kind'])}"}
    return (
        ngettext(
            "Aineistossa on yksi korjattava asia: %(what)s.",
            "Aineistossa on %(n)s korjattavaa asiaa. Tärkein: %(what)s.",
            len(items),
        )
        % told
    )


def _item(one: Mapping[str, Any], subjects: Subjects) -> dict[str, Any]:
    name = subjects.name(one["subject"], one["code"])
    others = [subjects.name(one["subject"] if one["kind"] != "generic" else "question", code) for code in one["others"]]
    return {
        "severity": one["severity"],
        "kind": str(codes.words("health_kind", one["kind"])),
        "name": name,
        "text": sentence(one, name, others),
        "since": dates.date(one["since"]) if one["since"] else "",
        "way_out": str(codes.words("health_way_out", one["way_out"])),
        "href": subjects.href(one),
    }


def _table(items: Sequence[Mapping[str, Any]]) -> Table:
    head = [
        (gettext("Mikä"), ""),
        (gettext("Vika"), ""),
        (gettext("Näyttö"), ""),
        (gettext("Mistä lähtien"), ""),
        (gettext("Mitä tehdä"), ""),
    ]
    rows = [[one["name"], one["kind"], one["text"], one["since"] or figures.NO_VALUE, one["way_out"]] for one in items]
    return Table(gettext("Löydöt"), head, rows, rows)


def _looked(found: Found) -> Table:
    """How many subjects each kind was looked for in, and how many findings there are."""
    kinds = [one["kind"] for one in found["findings"]]
    rows = [
        [str(KINDS[code]), figures.number(n, 0), figures.number(kinds.count(code), 0)]
        for code, n in found["checked"].items()
        if code in KINDS
    ]
    raw = [[str(KINDS[code]), n, kinds.count(code)] for code, n in found["checked"].items() if code in KINDS]
    return Table(
        gettext("Tutkitut asiat"),
        [(gettext("Vika"), ""), (gettext("Tutkittu"), "r"), (gettext("Löytyi"), "r")],
        rows,
        raw,
    )


def _unlooked(found: Found) -> str:
    missing = [words.within(str(KINDS[code])) for code in KINDS if code not in found["checked"]]
    if not missing:
        return ""
    return gettext("Näitä ei voitu tutkia, koska aineistosta ei näe: %(kinds)s.") % {"kinds": words.joined(missing)}


def _method() -> list[tuple[str, str]]:
    return [
        (
            gettext("Vanhentunut"),
            gettext(
                "Hiljaisuutta verrataan lähteen omiin väleihin, ei kiinteään päivämäärään. Kaikki lähteet ja kysymykset on "
                "korjattu yhdessä."
            ),
        ),
        (
            gettext("Kahteen kertaan"),
            gettext(
                "Korrelaation väli on kokonaan yli 0,9, tai rivit ovat samat ihmistä, päivää ja vastauksia myöten."
            ),
        ),
        (
            gettext("Ei kerro mitään"),
            gettext(
                "Ryhmien ja kuukausien osuus vaihtelusta on varmasti alle 1 %, samoin vahvin yhteys muihin vastauksiin."
            ),
        ),
    ]
