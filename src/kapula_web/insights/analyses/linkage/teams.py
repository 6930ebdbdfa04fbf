"""The teams side by side: their two levels, where they may be shown, and how these go together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Table
from kapula_web.insights.analyses.linkage.best import best_lags
from kapula_web.insights.analyses.linkage.naming import Names
from kapula_web.kit import figures


def units_table(found: Mapping[str, Any], names: Names) -> Table | None:
    """The teams' two levels; those of few answers say so. None when every one is withheld."""
    if not any(one["staff"] is not None for one in found["units"]):
        return None
    hidden = gettext("liian vähän vastauksia")
    rows = [
        [
            names.team(one["unit"]),
            figures.number(one["staff"], 2) if one["staff"] is not None else hidden,
            figures.number(one["customer"], 2) if one["customer"] is not None else hidden,
        ]
        for one in found["units"]
    ]
    head = [(gettext("Tiimi"), ""), (names.staff, "r"), (names.customer, "r")]
    raw = [[names.team(one["unit"]), one["staff"], one["customer"]] for one in found["units"]]
    return Table(gettext("Tiimien tasot"), head, rows, raw)


def between_table(found: Mapping[str, Any], names: Names) -> Table | None:
    """How the teams' levels go together, a row a touchpoint; None where no touchpoint has teams enough to say."""
    told = [one for one in best_lags(found).values() if one["between"]]
    if not told:
        return None
    rows, raw = [], []
    for one in sorted(told, key=lambda one: (one["between"]["p"], str(one["touchpoint"]))):
        slope, place = one["between"], names.place(one["touchpoint"])
        sure = gettext("kyllä") if slope["sure"] else gettext("ei varmasti")
        rows.append([place, sure, words.number(slope["value"], slope["low"], slope["high"], 2), str(one["n_units"])])
        raw.append([place, bool(slope["sure"]), f"{slope['value']} ({slope['low']}…{slope['high']})", one["n_units"]])
    head = [
        (gettext("Kohtaamispiste"), ""),
        (gettext("Näkyykö?"), ""),
        (gettext("Tiimien välillä"), "r"),
        (gettext("Tiimejä"), "r"),
    ]
    return Table(gettext("Tiimien välillä"), head, rows, raw)
