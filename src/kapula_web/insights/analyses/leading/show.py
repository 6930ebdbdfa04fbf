"""The answer's parts in their order: words, pictures, tables and notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Shown
from kapula_web.insights.analyses.leading.answer import answer_of, title_of
from kapula_web.insights.analyses.leading.beside import beside_picture
from kapula_web.insights.analyses.leading.method import method_of
from kapula_web.insights.analyses.leading.names import Names
from kapula_web.insights.analyses.leading.scan import scan_picture
from kapula_web.insights.analyses.leading.tables import tested_table
from kapula_web.insights.analyses.leading.watched import watched_part
from kapula_web.kit import codes, figures

NAMED = ("constant", "empty", "moves_after", "moves_both_ways", "wandering", "mostly_missing")
"""Warnings that are told of the candidates they are about."""


def shown(found: Mapping[str, Any], names: Names, when: str) -> Shown:
    """``when``: the days the answers are from."""
    leads = [one for one in found["leads"] if one["leads"]]
    about = words.evidence(names.place, when, _units(found))
    title = title_of(leads, names)
    parts = [Part(picture=scan_picture(found, names, title, about))]
    if leads:
        watch = next(one for one in found["watch"] if one["name"] == leads[0]["name"])
        parts.append(Part(gettext("Rinnakkain"), picture=beside_picture(watch, leads[0], names, about)))
        parts += [watched_part(one, found, names) for one in found["watch"]]
    parts.append(Part(gettext("Kaikki kokeillut"), table=tested_table(found, names)))
    evidence = words.evidence(about, gettext("95 %:n välit"))
    return Shown(answer_of(found, leads, names), evidence, parts, _notes(found, names), method_of(found))


def _units(found: Mapping[str, Any]) -> str:
    told = {"weeks": figures.number(found["n"], 0), "teams": found["units"]}
    return ngettext("%(weeks)s viikkoa, yksi tiimi", "%(weeks)s viikkoa × %(teams)s tiimiä", found["units"]) % told


def _notes(found: Mapping[str, Any], names: Names) -> list[str]:
    """Each warning in words; those of single candidates with their names."""
    notes = [str(codes.words("warning", code)) for code in found["warnings"] if code not in NAMED]
    for code in NAMED:
        about = [names.of(one) for one in found["leads"] if code in one["warnings"]]
        if about:
            notes.append(f"{', '.join(about)}: {words.within(str(codes.words('warning', code)))}")
    return notes
