"""The page's tables: each touchpoint at its surest lag, and the teams that may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Table
from kapula_web.kit import figures

if TYPE_CHECKING:
    from kapula_web.insights.analyses.linkage.show import Names


def effects_table(found: Mapping[str, Any], names: Names) -> Table:
    """A row a touchpoint, the surest first; those with too little data last."""
    best = best_lags(found)
    rows, raw = [], []
    for one in sorted(best.values(), key=lambda one: (_p(one), str(one["touchpoint"]))):
        inside, apart = one["within"] or {}, one["between"] or {}
        lag = one["lag"] if inside else None
        rows.append(
            [
                names.place(one["touchpoint"]),
                _verdict(one),
                figures.number(lag, 0),
                words.number(inside["value"], inside["low"], inside["high"], 2) if inside else figures.NO_VALUE,
                words.p_value(inside.get("q"), "q").removeprefix("q").replace("=", "").strip(f" {figures.NBSP}")
                or figures.NO_VALUE,
                words.number(apart["value"], apart["low"], apart["high"], 2) if apart else figures.NO_VALUE,
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
                apart.get("value"),
                one["n_units"],
                one["n_answers"],
            ]
        )
    return Table(gettext("Kohtaamispisteet, kukin selvimmällä viiveellään"), _head(), rows, raw)


def best_lags(found: Mapping[str, Any]) -> dict[Any, Mapping[str, Any]]:
    """Touchpoint → its effect at the lag that leads, else at the least p."""
    leads = {one["touchpoint"]: one["lag"] for one in found["leads"]}
    best: dict[Any, Mapping[str, Any]] = {}
    for one in found["effects"]:
        other = best.get(one["touchpoint"])
        leading = leads.get(one["touchpoint"])
        if other is None or (_p(one) < _p(other) if leading is None else one["lag"] == leading):
            best[one["touchpoint"]] = one
    return best


def _head() -> list[tuple[str, str]]:
    return [
        (gettext("Kohtaamispiste"), ""),
        (gettext("Näkyykö?"), ""),
        (gettext("Viive, viikkoa"), "r"),
        (gettext("Tiimin sisällä"), "r"),
        (gettext("Sattuman osuus q"), "r"),
        (gettext("Tiimien välillä"), "r"),
        (gettext("Tiimejä"), "r"),
        (gettext("Vastauksia"), "r"),
    ]


def _p(one: Mapping[str, Any]) -> float:
    return float(one["within"]["p"]) if one["within"] else 2.0


def _verdict(one: Mapping[str, Any]) -> str:
    if not one["within"]:
        return gettext("ei voi sanoa")
    return gettext("kyllä") if one["within"]["sure"] else gettext("ei varmasti")


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
