"""The page's tables: the findings, and what was looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Table
from kapula_web.insights.analyses.health.kinds import KINDS
from kapula_web.kit import figures

Found = Mapping[str, Any]


def findings_table(items: Sequence[Mapping[str, Any]]) -> Table:
    """Every finding with its evidence."""
    head = [
        (gettext("Mikä"), ""),
        (gettext("Vika"), ""),
        (gettext("Näyttö"), ""),
        (gettext("Mistä lähtien"), ""),
        (gettext("Mitä tehdä"), ""),
    ]
    rows = [[one["name"], one["kind"], one["text"], one["since"] or figures.NO_VALUE, one["way_out"]] for one in items]
    return Table(gettext("Löydöt"), head, rows, rows)


def looked(found: Found) -> Table:
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


def unlooked(found: Found) -> str:
    """What could not be looked for; empty when everything could."""
    missing = [words.within(str(KINDS[code])) for code in KINDS if code not in found["checked"]]
    if not missing:
        return ""
    return gettext("Näitä ei voitu tutkia, koska aineistosta ei näe: %(kinds)s.") % {"kinds": words.joined(missing)}
