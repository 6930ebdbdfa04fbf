"""The page's pictures: bars with whiskers, and the importance–performance map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula import charts
from kapula.charts.bars import ROW_HEIGHT
from kapula.charts.performance_map import Place, performance_map
from kapula.results import Row
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture, Table
from kapula_web.insights.analyses.drivers.wordings import QUADRANTS
from kapula_web.kit import figures

Drivers = Sequence[Mapping[str, Any]]


def shares_picture(
    found: Mapping[str, Any], drivers: Drivers, labels: Mapping[str, str], title: str, about: str, table: Table
) -> Picture:
    """Each driver's part of what they explain together."""
    rows = [
        (labels[one["name"]], Row(None, None, one["part"], one["part_low"], one["part_high"], found["n"], found["n"]))
        for one in drivers
    ]
    told = {
        "value": gettext("osuus"),
        "low": gettext("vähintään"),
        "high": gettext("enintään"),
        "n": gettext("vastauksia"),
        "group": gettext("mikä"),
        "suppressed": "",
        "unit": figures.percent(0).removeprefix("0"),
        "format": ",.0f",
    }

    def spec(width: int = 720, height: int = 0, scheme: str = "css") -> dict[str, Any]:
        return charts.bars(rows, labels=told, factor=100, width=width, scheme=scheme)

    summary = " ".join(
        f"{labels[one['name']]}: {words.share(one['part'] or 0.0, one['part_low'], one['part_high'])}."
        for one in drivers
    )
    subtitle = words.evidence(gettext("Osuus selitetystä vaihtelusta, viiva on 95 %:n väli"), about)
    tall = len(rows) * ROW_HEIGHT + 40
    return Picture("shares", title, subtitle, summary, spec, table, wide=(1040, tall), narrow=(360, tall))


def map_picture(drivers: Drivers, labels: Mapping[str, str], about: str) -> Picture:
    """How well each goes now, against its part of what is explained."""
    places = [
        Place(
            labels[one["name"]],
            (one["performance"]["value"], one["performance"]["low"], one["performance"]["high"]),
            (
                100 * one["part"],
                *(None if one[name] is None else 100 * one[name] for name in ("part_low", "part_high")),
            ),
            one["performance"]["quadrant"],
        )
        for one in drivers
    ]
    told = {
        "x": gettext("menee nyt, 0–100 asteikosta"),
        "y": gettext("osuus selitetystä, %"),
        "group": gettext("mikä"),
        **{code: str(text) for code, text in QUADRANTS.items()},
    }

    def spec(width: int = 720, height: int = 420, scheme: str = "css") -> dict[str, Any]:
        return performance_map(places, labels=told, width=width, height=height, scheme=scheme)

    first = [one for one in drivers if one["performance"]["quadrant"] == "improve"]
    title = (
        gettext("%(names)s: merkitsee keskimääräistä enemmän ja menee keskimääräistä huonommin")
        % {"names": words.joined([labels[one["name"]] for one in first])}
        if first
        else gettext("Mikään ei varmasti sekä merkitse keskimääräistä enemmän että mene huonommin")
    )
    summary = " ".join(_said(one, labels) for one in drivers)
    subtitle = words.evidence(gettext("Värilliset ovat varmasti omassa kulmassaan, harmaat eivät"), about)
    behind = [labels[one["name"]] for one in first]
    return Picture("map", title, subtitle, summary, spec, wide=(1040, 440), narrow=(360, 420), behind=behind)


def _said(one: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    told = {
        "name": labels[one["name"]],
        "performance": figures.number(one["performance"]["value"], 0),
        "part": figures.percent(one["part"]),
    }
    return gettext("%(name)s: menee nyt %(performance)s/100, osuus %(part)s.") % told
