"""The page put together: the answer, its pictures and its tables."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Shown
from kapula_web.insights.analyses.linkage.best import in_order
from kapula_web.insights.analyses.linkage.method import between_teams, method, notes
from kapula_web.insights.analyses.linkage.naming import Found, Names
from kapula_web.insights.analyses.linkage.pictures import profile_picture, scan_picture
from kapula_web.insights.analyses.linkage.sentences import answer, rest, title_of
from kapula_web.insights.analyses.linkage.tables import effects_table
from kapula_web.insights.analyses.linkage.teams import between_table, units_table
from kapula_web.kit import figures


def shown(found: Found, names: Names, when: str) -> Shown:
    """``when``: the days the answers are from."""
    leads = in_order(found)
    about = words.evidence(when, _teams(found["n"]), figures.count_words(found["n_customers"]))
    title = title_of(leads, names)
    tried = len({one["touchpoint"] for one in found["effects"] if one["within"]})
    parts = [Part(words=rest(leads, tried, names) if leads else "", picture=scan_picture(found, names, title, about))]
    if leads:
        place = names.place(leads[0]["touchpoint"])
        heading = gettext("%(place)s: viive") % {"place": place}
        parts.append(Part(heading, picture=profile_picture(found, leads[0], names, about)))
    parts.append(Part(table=effects_table(found, names)))
    units = units_table(found, names)
    if units is not None:
        parts.append(Part(gettext("Tiimit vierekkäin"), between_teams(found), table=units))
    between = between_table(found, names)
    if between is not None:
        parts.append(Part(gettext("Tiimien välillä"), table=between))
    return Shown(answer(found, leads, names), about, parts, notes(found), method(found))


def _teams(n: int) -> str:
    return ngettext("%(n)s tiimi", "%(n)s tiimiä", n) % {"n": n}
