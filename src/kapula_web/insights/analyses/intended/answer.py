"""The answer in words: the aim furthest from its target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.intended.names import Names
from kapula_web.kit import figures

Found = Mapping[str, Any]


def answer(told: Sequence[Found], names: Names) -> str:
    """The aim furthest from its target, or the share of the only one."""
    if not told:
        return gettext("Mistään tavoitteesta ei ole vielä tarpeeksi vastauksia.")
    missed = sorted((one for one in told if one["verdict"] == "missed"), key=lambda one: one["value"] - one["target"])
    if missed:
        worst = missed[0]
        text = gettext("%(name)s: näin oli vain %(share)s kokemuksista, kun tavoite on %(target)s.") % told_of(
            worst, names
        )
        rest = len(missed) - 1
        more = ngettext("Myös %(n)s muu tavoite jää täyttymättä.", "Myös %(n)s muuta tavoitetta jää täyttymättä.", rest)
        return f"{text} {more % {'n': rest}}" if rest else text
    if all(one["verdict"] == "reached" for one in told):
        return ngettext("Tavoite täyttyy.", "Kaikki %(n)s tavoitetta täyttyvät.", len(told)) % {"n": len(told)}
    lowest = min(told, key=lambda one: one["value"])
    if lowest["target"] is None:
        return gettext("%(name)s: näin oli %(share)s kokemuksista.") % told_of(lowest, names)
    text = gettext("Yksikään tavoite ei jää varmasti täyttymättä. Matalin on %(name)s: %(share)s, tavoite %(target)s.")
    return text % told_of(lowest, names)


def told_of(one: Found, names: Names) -> dict[str, str]:
    share = words.share(one["value"], one["low"], one["high"])
    target = figures.percent(one["target"]) if one["target"] is not None else ""
    return {"name": names[one["name"]].name, "share": share, "target": target}
