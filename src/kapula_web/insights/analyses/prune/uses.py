"""What would lose a question: the measures, aims and other analyses that live on it, as far as the product knows."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.aims.access import live_aims
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import AnalysisPage, Data, Part
from kapula_web.insights.analyses.registry import pages
from kapula_web.insights.figures.recipe import Recipe
from kapula_web.insights.selectors import live_measures

_log = logging.getLogger(__name__)
Uses = Mapping[str, Sequence[str]]
"""Column → what uses it, in words."""


def uses(data: Data, asking: str) -> Uses:
    """``asking``: the analysis that asks, which is no use of its own."""
    found: dict[str, list[str]] = {}
    for column, words_of in (*_measures(data), *_aims(data), *_pages(data, asking)):
        told = found.setdefault(column, [])
        if words_of not in told:
            told.append(words_of)
    return found


def _measures(data: Data) -> Iterator[tuple[str, str]]:
    for one in live_measures(data.organisation):
        for column in Recipe.of(one).columns:
            yield column, gettext("mittari ”%(name)s”") % {"name": one.name}


def _aims(data: Data) -> Iterator[tuple[str, str]]:
    for one in live_aims(data.organisation):
        for rule in (*one.rules, *([one.good] if one.good else [])):
            yield str(rule.get("column", "")), gettext("tavoite ”%(name)s”") % {"name": one.name}


def _pages(data: Data, asking: str) -> Iterator[tuple[str, str]]:
    """The columns that a page's usual question names one by one. Of a list any one can go and the page still answers."""
    for page in pages():
        chosen = _usual(page, data) if page.name != asking else {}
        for value in chosen.values():
            alone = value[0] if isinstance(value, list) and len(value) == 1 else value
            if isinstance(alone, str) and alone:
                yield alone, gettext("kysymys ”%(name)s”") % {"name": page.question}


def _usual(page: AnalysisPage, data: Data) -> Mapping[str, Any]:
    try:
        return page.usual(data) or {}
    except Exception:  # one page that fails must not take this one along
        _log.exception("The usual question of %s cannot be asked", page.name)
        return {}


def warning(gone: Sequence[str], used: Uses, labels: Mapping[str, str]) -> Part | None:
    """What is to be settled before the questions that could go are dropped; None when nothing lives on them."""
    lines = [f"{words.quoted(labels.get(name, name))}: {words.joined(used[name])}." for name in gone if used.get(name)]
    if not lines:
        return None
    why = gettext("Ennuste pysyy hyvänä ilman niitä, mutta nämä eivät enää saisi vastauksia:")
    return Part(gettext("Sovi ensin näistä"), " ".join([why, *lines]))
