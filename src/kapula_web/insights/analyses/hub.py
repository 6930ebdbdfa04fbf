"""The questions Kapula answers from the organisation's data: each with its latest answer, or what it lacks."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kapula.errors import KapulaError
from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses import runs, words
from kapula_web.insights.analyses.contract import AnalysisPage, Data
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.registry import pages
from kapula_web.insights.analyses.telling import shown_of
from kapula_web.insights.pages.overview import has_data
from kapula_web.kit import figures
from kapula_web.kit.errors import worded_error

UNCHOSEN: Final = "unchosen"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Item:
    """A question in the hub. ``state``: of :mod:`runs`, "not_enough", "empty", or "unchosen" when there is data but a person has yet to
    say something that it does not tell."""

    page: AnalysisPage
    href: str
    state: str
    answer: str = ""
    evidence: str = ""

    @property
    def needs(self) -> list[str]:
        return [str(need) for need in self.page.needs]


def items(organisation: Organisation) -> list[Item]:
    """Every question in its order."""
    data = data_of(organisation) if has_data(organisation) else None
    return [_item(page, organisation, data) for page in pages()]


def headline(found: list[Item]) -> str:
    """ "Kuuteen kysymykseen on vastaus.", or what is being done."""
    ready = sum(one.state == runs.READY for one in found)
    if ready:
        text = ngettext("%(n)s kysymykseen on vastaus", "%(n)s kysymykseen on vastaus", ready)
        return f"{text % {'n': figures.number(ready, 0)}}{_waiting(found)}."
    if any(one.state in (runs.RUNNING, runs.NEW) for one in found):
        return gettext("Vastauksia lasketaan.")
    return gettext("Mitä asiakaskokemuksestamme tiedetään?")


def _waiting(found: list[Item]) -> str:
    """ ", 2 odottaa aineistoa, 1 odottaa valintoja"; empty when none waits."""
    lacking = sum(one.state in ("empty", "not_enough") for one in found)
    unchosen = sum(one.state == UNCHOSEN for one in found)
    told = []
    if lacking:
        told.append(
            ngettext(", %(n)s odottaa aineistoa", ", %(n)s odottaa aineistoa", lacking)
            % {"n": figures.number(lacking, 0)}
        )
    if unchosen:
        told.append(
            ngettext(", %(n)s odottaa valintoja", ", %(n)s odottaa valintoja", unchosen)
            % {"n": figures.number(unchosen, 0)}
        )
    return "".join(told)


def _item(page: AnalysisPage, organisation: Organisation, data: Data | None) -> Item:
    href = reverse("insights:analysis", args=[organisation.slug, page.name])
    try:
        usual = page.usual(data) if data is not None else None
        if data is None or usual is None:
            return Item(page, href, "empty")
        question = Question(page, data, usual)
        standing = runs.standing(question)
        if standing.latest is None:
            return Item(page, href, standing.state, evidence=standing.problem)
        told = shown_of(question, standing.latest.found)
        answer = words.unbroken(told.shown.answer)
        state = runs.READY if told.enough else UNCHOSEN if told.lacks else "not_enough"
        return Item(page, href, state, answer, words.unbroken(told.shown.evidence))
    except KapulaError as error:
        return Item(page, href, runs.FAILED, evidence=worded_error(error))
    except Exception:  # one page that fails must not take the others along
        _log.exception("The question %s cannot be shown", page.name)
        return Item(page, href, runs.FAILED)
