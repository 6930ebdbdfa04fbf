"""The leader beside the score it goes before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula.charts.lines import Line, lines
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture, Table
from kapula_web.insights.analyses.leading.names import Names
from kapula_web.kit import dates, figures

LATEST, NARROW = 52, 500
"""Weeks drawn side by side, and the width in pixels below which half of them are."""


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
        [
            names.week(dates.period(row["period"]), row["period"]),
            *(figures.number(row[key], 2) for key in ("target", "leader")),
        ]
        for row in rows
    ]
    raw = [[row["period"], row["target"], row["leader"]] for row in rows]
    table = Table(gettext("Poikkeamat viikoittain; ennakoija siirrettynä arvosanan viikolle"), head, cells, raw)
    summary = (
        gettext("Viivat ovat tiimien keskiarvoja. %(name)s on siirretty %(span)s eteenpäin arvosanan kohdalle.") % told
    )
    return Picture("beside", title, subtitle, summary, spec, table, latest=True)


def _points(rows: list[Mapping[str, Any]], key: str, sign: float) -> list[tuple[float, float, None, None]]:
    return [(float(at), sign * row[key], None, None) for at, row in enumerate(rows) if row[key] is not None]
