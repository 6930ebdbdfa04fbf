"""The page's pictures: the scan as dots, and the leader beside the score it goes before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from kapula.charts.lag_dots import Row, lag_dots, picture_height
from kapula.charts.lines import Line, lines
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture, Table
from kapula_web.kit import dates, figures

if TYPE_CHECKING:
    from kapula_web.insights.analyses.leading.show import Names

MOST_ROWS = 12
LATEST, NARROW = 52, 500
"""Weeks drawn side by side, and the width in pixels below which half of them are."""


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


def beside_picture(watch: Mapping[str, Any], lead: Mapping[str, Any], names: Names, about: str) -> Picture:
    """The score and the leader moved ``lag`` weeks on, over the last year; upside down when they go opposite ways."""
    turned = lead["t"] < 0
    rows = watch["series"][-LATEST:]
    sign = -1.0 if turned else 1.0
    name = names.of(lead)
    long = gettext("%(name)s, käännettynä") % {"name": name} if turned else name
    short = gettext("Ennakoija, käännettynä") if turned else gettext("Ennakoija")

    def spec(width: int = 720, height: int = 340, scheme: str = "css") -> dict[str, Any]:
        narrow = width < NARROW
        kept = rows[-LATEST // 2 :] if narrow else rows
        drawn = (
            Line(names.target, _points(kept, "target", 1.0), "@ink-2"),
            Line(short if narrow else long, _points(kept, "leader", sign), "@accent"),
        )
        periods = [row["period"] for row in kept]
        return lines(drawn, periods, labels={}, tick=dates.period, width=width, height=height, scheme=scheme)

    told = {"name": name, "span": words.span(lead["lag"]), "target": names.target}
    title = gettext("%(name)s ja %(span)s myöhempi arvosana kulkevat samaan tahtiin") % told
    if turned:
        title = gettext("%(name)s ja %(span)s myöhempi arvosana kulkevat vastakkain") % told
    subtitle = words.evidence(gettext("Poikkeama omasta keskitasosta keskihajontoina, viimeisimmät viikot"), about)
    head = [(gettext("Viikko"), ""), (names.target, "r"), (name, "r")]
    cells = [
        [dates.period(row["period"]), *(figures.number(row[key], 2) for key in ("target", "leader"))] for row in rows
    ]
    raw = [[row["period"], row["target"], row["leader"]] for row in rows]
    table = Table(gettext("Poikkeamat viikoittain; ennakoija siirrettynä arvosanan viikolle"), head, cells, raw)
    summary = (
        gettext("Viivat ovat tiimien keskiarvoja. %(name)s on siirretty %(span)s eteenpäin arvosanan kohdalle.") % told
    )
    return Picture("beside", title, subtitle, summary, spec, table)


def _points(rows: list[Mapping[str, Any]], key: str, sign: float) -> list[tuple[float, float, None, None]]:
    return [(float(at), sign * row[key], None, None) for at, row in enumerate(rows) if row[key] is not None]
