"""The work in the background: ask the library, keep the answer, draw its pictures, forget what it replaces."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from django.utils import timezone, translation

from kapula.errors import KapulaError
from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses.pictures import drawn
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.registry import page_of, pages
from kapula_web.insights.analyses.runs import AHEAD, NEW, ask_again, standing
from kapula_web.insights.analyses.telling import shown_of
from kapula_web.insights.models import AnalysisRun

_log = logging.getLogger(__name__)
MOST_KEPT: Final = 60
"""Questions of one analysis whose answers an organisation keeps; the longest unasked go first."""


def compute(run_id: int, report: Callable[[int, int], None]) -> dict[str, Any]:
    """Answer one asked question. An expected error is kept with the question and passed on to the queue."""
    run = AnalysisRun.objects.select_related("organisation").filter(pk=run_id).first()
    if run is None:  # forgotten meanwhile
        return {}
    report(0, 0)
    question = Question(page_of(run.analysis), data_of(run.organisation), run.chosen)
    run = _of_now(run, question)
    try:
        found = question.page.run(question.data, question.chosen, report)
    except KapulaError as error:
        AnalysisRun.objects.filter(pk=run.pk).update(error=error.to_dict(), made_at=timezone.now())
        raise
    AnalysisRun.objects.filter(pk=run.pk).update(found=found, error={}, made_at=timezone.now())
    run.found = found
    _forget(run)
    _draw(question, found)
    return {"run": run.pk, "verdict": found.get("verdict", "")}


def ask_ahead(organisation: Organisation) -> int:
    """Ask every page's usual question of the organisation's data, after all other work; how many were new."""
    data, asked = data_of(organisation), 0
    for page in pages():
        try:
            usual = page.usual(data)
        except Exception:  # one page that fails must not keep the others from their answers
            _log.exception("The usual question of %s cannot be asked", page.name)
            continue
        if usual is not None and standing(question := Question(page, data, usual)).state == NEW:
            ask_again(question, None, kind=AHEAD)
            asked += 1
    return asked


def forget_erased(organisation: Organisation) -> None:
    """After somebody was erased no answer from before it is kept, not even until the new one is there."""
    last = organisation.audit_entries.filter(action="customer.erased").order_by("-at").first()
    if last is not None:
        AnalysisRun.objects.filter(organisation=organisation, made_at__lt=last.at).delete()


def _of_now(run: AnalysisRun, question: Question) -> AnalysisRun:
    """The run of the data as it is now: when data came in after the asking, the question moves over to it."""
    if run.key == question.key:
        return run
    AnalysisRun.objects.filter(organisation=run.organisation, analysis=run.analysis, key=question.key).delete()
    run.key, run.version, run.made_with = question.key, question.data.desk.snapshot.version, question.made_with
    run.save(update_fields=["key", "version", "made_with"])
    return run


def _forget(run: AnalysisRun) -> None:
    """The answers of earlier versions to the same question, and the oldest beyond what is kept."""
    own = AnalysisRun.objects.filter(organisation=run.organisation, analysis=run.analysis)
    own.filter(same=run.same).exclude(pk=run.pk).delete()
    kept = own.order_by("-asked_at").values_list("pk", flat=True)[:MOST_KEPT]
    own.exclude(pk__in=list(kept)).delete()


def _draw(question: Question, found: dict[str, Any]) -> None:
    """The pictures in the organisation's own language, so that the page opens with them."""
    with translation.override(question.data.organisation.language):
        for picture in shown_of(question, found).pictures:
            drawn(picture)
