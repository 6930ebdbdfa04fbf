"""The page put together. No contact is named: figures are of firms, and say of how many contacts."""

from __future__ import annotations

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.accounts.levels import beside, levels_table
from kapula_web.insights.analyses.accounts.method import method, notes
from kapula_web.insights.analyses.accounts.pictures import worst_picture
from kapula_web.insights.analyses.accounts.sentences import (
    Found,
    answer,
    heading_of,
    heard,
    more,
    stage_name,
    title_of,
    when,
)
from kapula_web.insights.analyses.accounts.tables import accounts_table, asking
from kapula_web.insights.analyses.contract import Data, Part, Shown
from kapula_web.kit import figures


def shown(found: Found, data: Data, label: str, behind: str) -> Shown:
    """``label``: the score's name. ``behind``: what leads to the words of those who gave it a low answer."""
    asked = asking(found)
    about = words.evidence(
        when(found), heard(found), gettext("%(n)s yhteyshenkilöä") % {"n": figures.number(found["n_contacts"], 0)}
    )
    title = title_of(found)
    names = {
        "roles": lambda code: data.names.value(str(found["method"]["role"]), code),
        "stages": lambda code: stage_name(data, found, code),
    }
    parts = [Part(picture=worst_picture(found, title, words.evidence(label, about), behind))]
    parts.append(Part(heading_of(asked), more(len(asked)), table=accounts_table(asked, names["stages"])))
    for which, heading in (("stages", gettext("Asiakkuuden vaiheet")), ("roles", gettext("Roolit"))):
        if found[which]:
            told = beside(found[which], found["n"])
            parts.append(Part(heading, told, table=levels_table(heading, found[which], names[which])))
    return Shown(answer(found, asked, label), about, parts, notes(found), method(found))
