"""A leader as a warning, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part
from kapula_web.insights.analyses.leading.names import Names
from kapula_web.insights.analyses.leading.tables import watch_table
from kapula_web.kit import figures


def watched_part(one: Mapping[str, Any], found: Mapping[str, Any], names: Names) -> Part:
    """The leader as a warning: how it would have done, where it stands now."""
    heading = gettext("Tarkkaile: %(name)s") % {"name": words.within(names.of(one))}
    if not one["pays"]:
        return Part(
            heading, gettext("Mikään hälytysraja ei olisi maksanut itseään takaisin: vääriä hälytyksiä tulisi liikaa.")
        )
    told = {
        "alarms": figures.number(one["alarms"], 0),
        "hits": figures.number(one["hits"], 0),
        "precision": figures.percent(one["precision"]),
        "caught": figures.percent(one["caught"]),
        "yearly": figures.number(one["false_per_year"], 1),
        "span": words.span(one["lag"]),
        "cost": figures.number(found["method"]["miss_cost"]),
    }
    sentences = [
        gettext("Raja olisi hälyttänyt %(alarms)s kertaa, ja huono viikko tuli %(hits)s kerralla (%(precision)s).")
        % told,
        gettext("Huonoista viikoista se olisi huomannut %(caught)s %(span)s ennalta.") % told,
        gettext("Vääriä hälytyksiä tulisi %(yearly)s vuodessa tiimiä kohti.") % told
        if one["false_per_year"] is not None
        else "",
        gettext("Raja on valittu niin, että huomaamatta jäänyt huono viikko maksaa %(cost)s väärän hälytyksen verran.")
        % told,
        "" if one["cost"] < one["cost_silent"] else gettext("Kokeessa raja ei silti maksanut itseään takaisin."),
    ]
    return Part(heading, " ".join(text for text in sentences if text), table=watch_table(one, names))
