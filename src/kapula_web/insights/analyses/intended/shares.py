"""Every aim's share, in a table and in a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula import charts
from kapula.charts.bars import ROW_HEIGHT
from kapula.results import Row
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture, Table
from kapula_web.insights.analyses.intended.answer import told_of
from kapula_web.insights.analyses.intended.names import Names
from kapula_web.kit import figures

Found = Mapping[str, Any]


def aims_table(found: Found, names: Names) -> Table:
    verdicts = {
        "reached": gettext("täyttyy"), "missed": gettext("ei täyty"), "unsure": gettext("ei vielä varmaa"),
        "measured": gettext("ei tavoitetta"), "not_enough": gettext("liian vähän vastauksia"),
    }  # fmt: skip
    head = [
        (gettext("Tavoite"), ""), (gettext("Missä"), ""), (gettext("Tavoitteen mukaisia"), "r"), (gettext("95 %:n väli"), "r"),
        (gettext("Tavoitetaso"), "r"), (gettext("Tulos"), ""), (gettext("Kokemuksia"), "r"), (gettext("Ei tiedetä"), "r"),
    ]  # fmt: skip
    rows, raw = [], []
    for one in found["aims"]:
        said = names.get(one["name"])
        rows.append(
            (
                said.name if said else one["name"],
                said.place if said else "",
                figures.percent(one["value"]),
                figures.interval(one["low"], one["high"], "share"),
                figures.percent(one["target"]),
                verdicts[one["verdict"]],
                figures.number(one["n"], 0),
                figures.percent(one["unknown_share"]),
            )
        )
        bounds = f"{one['low']}…{one['high']}"
        place = said.place if said else ""
        raw.append(
            (one["name"], place, one["value"], bounds, one["target"], one["verdict"], one["n"], one["unknown_share"])
        )
    return Table(gettext("Tavoitteet ja kuinka moni kokemus on niiden mukainen"), head, rows, raw)


def shares_picture(told: Sequence[Found], names: Names, about: str, table: Table) -> Picture:
    ordered = sorted(told, key=lambda one: one["value"])
    rows = [
        (names[one["name"]].name, Row(None, None, one["value"], one["low"], one["high"], one["n"], float(one["n"])))
        for one in ordered
    ]
    labels = {
        "value": gettext("osuus"), "low": gettext("vähintään"), "high": gettext("enintään"), "n": gettext("kokemuksia"),
        "group": gettext("tavoite"), "suppressed": "", "unit": figures.percent(0).removeprefix("0"), "format": ",.0f",
    }  # fmt: skip

    def spec(width: int = 720, height: int = 0, scheme: str = "css") -> dict[str, Any]:
        return charts.bars(rows, labels=labels, factor=100, width=width, scheme=scheme)

    summary = " ".join(f"{names[one['name']].name}: {told_of(one, names)['share']}." for one in ordered)
    title = gettext("Kuinka moni kokemus oli sellainen kuin tavoiteltiin")
    subtitle = words.evidence(gettext("Osuus kokemuksista, viiva on 95 %:n väli"), about)
    tall = len(rows) * ROW_HEIGHT + 40
    return Picture("shares", title, subtitle, summary, spec, table, wide=(1040, tall), narrow=(360, tall))
