"""The page's picture: the accounts likeliest among the lowest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula import charts
from kapula.charts.bars import ROW_HEIGHT
from kapula.results import Row
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture

DRAWN = 12


def worst_picture(found: Mapping[str, Any], title: str, subtitle: str, behind: str) -> Picture:
    """The dozen likeliest among the lowest fifth, with everyone's mean as a line."""
    heard = [one for one in found["accounts"] if one["value"] is not None]
    chosen = sorted(heard, key=lambda one: (-one["chance_low"], one["account"]))[:DRAWN]
    rows = [
        (str(one["account"]), Row(None, None, one["value"], one["low"], one["high"], one["n"], one["n"]))
        for one in chosen
    ]
    told = {
        "value": gettext("arvio"),
        "low": gettext("vähintään"),
        "high": gettext("enintään"),
        "n": gettext("yhteyshenkilöitä"),
        "group": gettext("yritys"),
        "suppressed": "",
        "unit": "",
        "format": ",.2~f",
        "reference": gettext("kaikki"),
    }

    def spec(width: int = 720, height: int = 0, scheme: str = "css") -> dict[str, Any]:
        return charts.bars(rows, labels=told, reference=found["overall"]["value"], width=width, scheme=scheme)

    summary = " ".join(f"{one['account']}: {words.number(one['value'], one['low'], one['high'], 2)}." for one in chosen)
    tall = len(rows) * ROW_HEIGHT + 50
    size: dict[str, Any] = {"wide": (1040, tall), "narrow": (360, tall)}
    return Picture("lowest", title, subtitle, summary, spec, behind=[behind], **size)
