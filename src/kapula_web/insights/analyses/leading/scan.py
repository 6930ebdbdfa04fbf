"""The scan as dots: every candidate at every lag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula.charts.lag_dots import Row, lag_dots, picture_height
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture, Table
from kapula_web.insights.analyses.leading.names import Names
from kapula_web.kit import figures

MOST_ROWS = 12


def scan_picture(found: Mapping[str, Any], names: Names, title: str, about: str) -> Picture:
    """Every candidate × lag: larger is stronger, coloured is sure."""
    tried = [one for one in found["leads"] if one["profile"]][:MOST_ROWS]
    rows = [
        Row(
            names.of(one),
            [(step["lag"], step["t"], bool(one["leads"] and _sure(step, found))) for step in one["profile"]],
        )
        for one in tried
    ]
    told = {"lag": gettext("viikkoa ennen arvosanaa"), "same": gettext("sama")}

    def spec(width: int = 720, height: int = 0, scheme: str = "css") -> dict[str, Any]:
        return lag_dots(rows, labels=told, width=width, height=height, scheme=scheme)

    sure = [one for one in tried if one["leads"]]
    rest = len(found["leads"]) - len(sure)
    others = ngettext("Yksi muu ei varmasti ennakoi.", "%(n)s muuta ei varmasti ennakoi.", rest) % {"n": rest}
    if not sure:
        others = (
            gettext("Mikään ei varmasti ennakoi; vahvimmin erottuu %(name)s.") % _told(tried[0], names) if tried else ""
        )
    summary = " ".join([*(_said(one, names) for one in sure), *([others] if rest else [])])
    subtitle = words.evidence(gettext("Mitä suurempi piste, sitä vahvempi yhteys; väri kertoo varman ennakon"), about)
    wide, narrow = (picture_height(len(rows), small) for small in (False, True))
    return Picture(
        "scan", title, subtitle, summary, spec, _steps(tried, names), wide=(1040, wide), narrow=(360, narrow)
    )


def _sure(step: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    return step["q"] is not None and step["q"] <= found["method"]["q"]


def _said(one: Mapping[str, Any], names: Names) -> str:
    return gettext("%(name)s ennakoi %(span)s aiemmin (%(q)s).") % _told(one, names)


def _told(one: Mapping[str, Any], names: Names) -> dict[str, str]:
    return {"name": names.of(one), "span": words.span(one["lag"]), "q": words.p_value(one["q"], "q")}


def _steps(tried: list[Mapping[str, Any]], names: Names) -> Table:
    """The dots as figures."""
    lags = [step["lag"] for step in tried[0]["profile"]] if tried else []
    head = [(gettext("Mikä"), ""), *((_lag(lag), "r") for lag in lags)]
    rows = [[names.of(one), *(figures.number(step["t"], 1) for step in one["profile"])] for one in tried]
    raw = [[names.of(one), *(step["t"] for step in one["profile"])] for one in tried]
    return Table(gettext("Yhteyden vahvuus (t) viiveittäin, viikkoa ennen arvosanaa"), head, rows, raw)


def _lag(lag: int) -> str:
    return gettext("sama") if lag == 0 else figures.number(lag, 0)
