"""The answer in one sentence, by the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.decompose.sayings import SAYINGS
from kapula_web.insights.analyses.decompose.sizes import between, change, fine, size_of
from kapula_web.kit import figures


def answer(found: Mapping[str, Any], name: str, segment: Any) -> str:
    """``name``: the question's label. ``segment``: a function from a part of ``segments`` to its name."""
    say = SAYINGS[found["verdict"]]
    return words.capital(say(found, {"name": words.quoted(name), **_figures(found, segment)}))


def _figures(found: Mapping[str, Any], segment: Any) -> dict[str, str]:
    unit, digits = found["unit"], fine(found)
    grown = max(found["segments"], key=lambda one: abs(one["mix"] or 0), default=None)
    return {
        "lead": _lead(found),
        "total": figures.amount(found["total"], unit, digits),
        "total_range": between(found, "total", digits),
        "within": figures.amount(found["within"], unit, digits),
        "within_range": between(found, "within", digits),
        "within_size": size_of(found, "within", digits),
        "mix": change(found["mix"], unit, digits),
        "mix_range": between(found, "mix", digits),
        "group": segment(grown) if grown else "",
        "rose": words.joined([segment({"segment": one, "pooled": []}) for one in found["offsetting"].get("rose", [])]),
        "fell": words.joined([segment({"segment": one, "pooled": []}) for one in found["offsetting"].get("fell", [])]),
        "margin": figures.amount(found["margin"], unit, None if unit == "points" else 2 if unit == "scale" else None),
    }


def _lead(found: Mapping[str, Any]) -> str:
    """What the total did, to stand before "mutta"."""
    sure = found["total_low"] is not None and (found["total_low"] > 0 or found["total_high"] < 0)
    size = figures.amount(found["total"], found["unit"], fine(found))
    if found["flat"]:
        return gettext("pysyi ennallaan")
    if not sure:
        return gettext("ei muuttunut selvästi")
    return (
        gettext("laski vain %(size)s") % {"size": size}
        if found["total"] < 0
        else gettext("nousi vain %(size)s") % {"size": size}
    )
