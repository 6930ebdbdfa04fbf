"""The page of one question: what an address leads to, and how the question stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from kapula_web.accounts.access import may
from kapula_web.accounts.models import Membership, Organisation, User
from kapula_web.insights.analyses import choices, runs
from kapula_web.insights.analyses.answering import answer_of
from kapula_web.insights.analyses.contract import AnalysisPage, Data
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.runs import Standing
from kapula_web.insights.analyses.telling import Told, shown_of
from kapula_web.insights.pages.overview import has_data

__all__ = ["Look", "answer_of", "answered", "context", "look_at"]


@dataclass(frozen=True, slots=True)
class Look:
    """``question`` and ``form``: None when the organisation's data holds nothing for the page. ``fits``: the choices can be made."""

    page: AnalysisPage
    data: Data
    form: forms.Form | None
    question: Question | None
    fits: bool = True


def look_at(page: AnalysisPage, organisation: Organisation, given: QueryDict) -> Look:
    data = data_of(organisation)
    read = choices.read(page, data, given) if has_data(organisation) else None
    if read is None:
        return Look(page, data, None, None)
    form, chosen = read
    return Look(page, data, form, Question(page, data, chosen), form.is_valid())


def context(look: Look, membership: Membership, *, progress: bool = False) -> dict[str, Any]:
    """Everything the template needs; asks for the answer when nobody has. ``progress``: no more than that is wanted meanwhile."""
    found: dict[str, Any] = {"page": look.page, "state": "empty", "answer": str(look.page.question), "evidence": ""}
    found["may_see_rows"] = may(membership, "see_rows")
    if look.question is None or look.form is None:
        return found | _empty(look, membership)
    found |= {"form": look.form, "told": choices.told(look.form), "query": look.question.query}
    if not look.fits:
        return found | {"state": "invalid", "evidence": gettext("Näillä valinnoilla ei voi kysyä.")}
    standing = runs.ask(look.question, membership.user)
    found |= _standing(look.question, standing, membership)
    if standing.latest is None or (progress and standing.state == runs.RUNNING):
        return found
    return found | answer_of(look.question, standing.latest)


def answered(look: Look) -> tuple[Question, Told] | None:
    """The question and its answer, for downloads; None while there is none."""
    if look.question is None or not look.fits:
        return None
    latest = runs.standing(look.question).latest
    return (look.question, shown_of(look.question, latest.found)) if latest else None


def _empty(look: Look, membership: Membership) -> dict[str, Any]:
    return {
        "evidence": str(look.page.promise),
        "needs": [str(need) for need in look.page.needs],
        "may_import": may(membership, "import"),
    }


def _standing(question: Question, standing: Standing, membership: Membership) -> dict[str, Any]:
    said = {
        runs.RUNNING: gettext("Vastausta lasketaan."),
        runs.FAILED: gettext("Vastausta ei voitu laskea."),
        runs.CANCELLED: gettext("Laskenta keskeytettiin."),
    }
    mine = standing.job is not None and standing.job.requested_by_id == _person(membership).pk
    return {
        "state": standing.state,
        "evidence": said.get(standing.state, ""),
        "job": standing.job,
        "outdated": standing.outdated,
        "may_cancel": standing.may_cancel and (mine or may(membership, "manage")),
        "problem": standing.problem,
    }


def _person(membership: Membership) -> User:
    person: User = membership.user
    return person
