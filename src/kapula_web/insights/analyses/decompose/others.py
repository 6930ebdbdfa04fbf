"""What the survey's other questions explain: in words, and as a table."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from kapula_web.insights.analyses.contract import Table
from kapula_web.insights.analyses.decompose import sizes
from kapula_web.insights.analyses.decompose.sizes import Found, digits_of, signed
from kapula_web.kit import figures


def explained(found: Found) -> str:
    drivers, unit = found["drivers"], found["unit"]
    return gettext(
        "Muiden kysymysten tason muutos liittyy muutokseen %(levels)s verran (%(range)s); loput %(rest)s ovat muuta."
    ) % {
        "levels": sizes.change(drivers["levels"], unit),
        "range": sizes.between({**drivers, "unit": unit}, "levels"),
        "rest": sizes.change(found["total"] - drivers["levels"], unit),
    }


def drivers_table(found: Found, labels: Mapping[str, str]) -> Table:
    unit = found["unit"]
    head = [
        (gettext("Kysymys"), ""),
        (gettext("Keskiarvo"), "r"),
        (gettext("Osuus muutoksesta"), "r"),
        (gettext("Väli"), "r"),
    ]
    told = sorted(found["drivers"]["drivers"], key=lambda one: -abs(one["levels"]))
    rows = [
        (
            labels.get(one["name"], one["name"]),
            f"{figures.number(one['mean_first'], 2)} → {figures.number(one['mean_second'], 2)}",
            signed(one["levels"], unit),
            figures.interval(one["low"], one["high"], unit, digits_of(unit)),
        )
        for one in told
    ]
    raw = [(row[0], one["mean_first"], one["levels"], one["low"]) for row, one in zip(rows, told, strict=True)]
    return Table(gettext("Muiden kysymysten osuus"), head, rows, raw)
