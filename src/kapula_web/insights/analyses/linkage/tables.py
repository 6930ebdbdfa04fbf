"""The table of touchpoints, each at its surest lag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Table
from kapula_web.insights.analyses.linkage.best import best_lags, least_p
from kapula_web.insights.analyses.linkage.naming import Names
from kapula_web.kit import figures


def effects_table(found: Mapping[str, Any], names: Names) -> Table:
    """A row a touchpoint, the surest first; those with too little data last."""
    best = best_lags(found)
    rows, raw = [], []
    for one in sorted(best.values(), key=lambda one: (least_p(one), str(one["touchpoint"]))):
        inside = one["within"] or {}
        lag = one["lag"] if inside else None
        rows.append(
            [
                names.place(one["touchpoint"]),
                _verdict(one),
                figures.number(lag, 0),
                words.number(inside["value"], inside["low"], inside["high"], 2) if inside else figures.NO_VALUE,
                words.p_value(inside.get("q"), "q").removeprefix("q").replace("=", "").strip(f" {figures.NBSP}")
                or figures.NO_VALUE,
                str(one["n_units"]),
                figures.number(one["n_answers"], 0),
            ]
        )
        slope = f"{inside['value']} ({inside['low']}…{inside['high']})" if inside else None
        raw.append(
            [
                names.place(one["touchpoint"]),
                bool(inside.get("sure")),
                lag,
                slope,
                inside.get("q"),
                one["n_units"],
                one["n_answers"],
            ]
        )
    return Table(gettext("Kohtaamispisteet, kukin selvimmällä viiveellään"), _head(), rows, raw)


def _head() -> list[tuple[str, str]]:
    return [
        (gettext("Kohtaamispiste"), ""),
        (gettext("Näkyykö?"), ""),
        (gettext("Viive, viikkoa"), "r"),
        (gettext("Tiimin sisällä"), "r"),
        (gettext("Sattuman osuus q"), "r"),
        (gettext("Tiimejä"), "r"),
        (gettext("Vastauksia"), "r"),
    ]


def _verdict(one: Mapping[str, Any]) -> str:
    if not one["within"]:
        return gettext("ei voi sanoa")
    return gettext("kyllä") if one["within"]["sure"] else gettext("ei varmasti")
