"""The page put together: the answer in words, the findings with their way out, and what was looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Data, Part, Shown
from kapula_web.insights.analyses.health.naming import Subjects
from kapula_web.insights.analyses.health.sentences import sentence
from kapula_web.insights.analyses.health.tables import Found, findings_table, looked, unlooked
from kapula_web.kit import codes, dates, figures

LIST = "insights/analyses/health_findings.html"


def shown(found: Found, data: Data) -> Shown:
    """The whole answer."""
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
        parts.append(Part(table=findings_table(items)))
    parts.append(Part(gettext("Mitä katsottiin"), unlooked(found), table=looked(found)))
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
