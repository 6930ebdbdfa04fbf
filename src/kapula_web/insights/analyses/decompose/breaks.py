"""The breaks of comparability in sentences."""

from __future__ import annotations

from django.utils.translation import gettext

from kapula_web.insights.analyses.decompose import sizes
from kapula_web.insights.analyses.decompose.sizes import Found
from kapula_web.kit import dates


def breaks(found: Found) -> list[str]:
    """Each break in a sentence."""
    told = {
        "break_wording": gettext("Kysymyksen sanamuoto vaihtui%(when)s."),
        "break_scale": gettext("Asteikko vaihtui%(when)s."),
        "break_channel": gettext("Kanavien osuudet muuttuivat%(when)s."),
        "break_language": gettext("Kielten osuudet muuttuivat%(when)s."),
    }
    parts = []
    for one in found["breaks"]:
        when = f" ({dates.period(one['period'])})" if one["period"] else ""
        parts.append(told[one["code"]] % {"when": when})
        parts.append(_coincides(one, found["unit"]))
    return parts


def _coincides(one: Found, unit: str) -> str:
    if one["low"] is not None and one["low"] < 0 < one["high"]:
        return gettext("Se ei selvästi osu yhteen muutoksen kanssa (%(range)s).") % {
            "range": sizes.span(one["low"], one["high"], unit)
        }
    return gettext("Muutoksesta %(size)s osuu yhteen sen kanssa.") % {"size": sizes.change(one["part"], unit)}
