"""How it was computed, line by line, and what to know of the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.drivers.wordings import METHODS
from kapula_web.kit import codes, figures


def notes_of(found: Mapping[str, Any], labels: Mapping[str, str]) -> list[str]:
    """Each warning in words, with the names it is about."""
    named = found.get("named") or {}
    notes = []
    for code in found["warnings"]:
        text = str(codes.words("warning", code))
        names = [labels.get(name, name) for name in named.get(code, ())]
        notes.append(f"{', '.join(names)}: {words.within(text)}" if names else text)
    return notes


def method_lines(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    method = found["settings"]
    lines = [(gettext("Menetelmä"), str(METHODS[method["method"]]))]
    resamples = {"n": figures.number(method["n_boot"], 0), "units": figures.number(found["units"], 0)}
    lines.append(
        (
            gettext("Välit"),
            gettext("%(n)s otosta asiakkaista (%(units)s), sama asiakas aina kokonaan mukana") % resamples,
        )
    )
    aside = sum((found["set_aside"] or {}).values())
    lines.append(
        (
            gettext("Puuttuvat vastaukset"),
            gettext("Mukana ovat vain vastaukset, joissa on vastattu kaikkiin; %(n)s jäi pois.")
            % {"n": figures.number(aside, 0)},
        )
    )
    if method["weight"]:
        lines.append((gettext("Painot"), gettext("vastausten omat painot")))
    return lines
