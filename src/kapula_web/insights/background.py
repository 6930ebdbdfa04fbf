"""Analyses in the background, and figures computed ahead: after new data the first page, each measure's usual view and each question's
usual answer are ready before anyone opens them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext

from kapula.errors import KapulaError
from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses.computing import ask_ahead, compute, forget_erased
from kapula_web.insights.analyses.registry import page_of, pages
from kapula_web.insights.analyses.runs import AHEAD, ASKED
from kapula_web.insights.figures.cache import ANSWERS
from kapula_web.insights.figures.reading import desk_of, read, usual_view
from kapula_web.insights.models import Scan
from kapula_web.insights.pages.measure import trend_part
from kapula_web.insights.pages.overview import has_data
from kapula_web.insights.scan import scan, scan_key
from kapula_web.insights.selectors import live_measures
from kapula_web.jobs.registry import Progress, background

EVERY_SECONDS = 60
LAST = -50
"""What nobody has asked for yet waits for everything else."""


def told(arguments: Mapping[str, Any]) -> str:
    """ "Analyysi: Mikä vaikuttaa?"."""
    try:
        question = str(page_of(arguments.get("analysis", "")).question)
    except Http404:  # of an earlier release
        question = str(arguments.get("analysis", ""))
    return gettext("Analyysi: %(question)s") % {"question": question}


@background(ASKED, label=told, attempts=2)
def analyse(progress: Progress, *, run_id: int, analysis: str) -> dict[str, Any]:
    return compute(run_id, progress.report)


@background(AHEAD, attempts=1, priority=LAST)
def analyse_ahead(progress: Progress, *, run_id: int, analysis: str) -> dict[str, Any]:
    return compute(run_id, progress.report)


@background("insights.warm", attempts=1, every=EVERY_SECONDS)
def warm(progress: Progress) -> dict[str, Any]:
    """Look at every organisation; compute for those whose data or model has changed since the last scan."""
    today = timezone.localdate()
    for organisation in Organisation.objects.all():
        forget_erased(organisation)
        if has_data(organisation):
            _usual_questions(organisation)
    waiting = [one for one in Organisation.objects.all() if not _is_fresh(one)]
    for done, organisation in enumerate(waiting, start=1):
        scan(organisation, today)
        _usual_views(organisation)
        progress.report(done, len(waiting))
    return {"organisations": len(waiting)}


def _is_fresh(organisation: Organisation) -> bool:
    """Nothing to compute, or computed already."""
    measures = live_measures(organisation)
    if not measures or not has_data(organisation):
        return True
    key = scan_key(measures, desk_of(organisation), timezone.localdate())
    return Scan.objects.filter(organisation=organisation, key=key).exists()


def _usual_questions(organisation: Organisation) -> None:
    """Once for each version of the data and model, and once a day: asking what is usual reads the data itself."""
    desk, today = desk_of(organisation), timezone.localdate()
    names = tuple((page.name, page.revision) for page in pages())
    key = (desk.snapshot.version, "asked_ahead", names, scan_key(live_measures(organisation), desk, today))
    ANSWERS.get(key, lambda: ask_ahead(organisation))


def _usual_views(organisation: Organisation) -> None:
    """What each measure's page shows when it is opened without choices, in the organisation's language."""
    desk = desk_of(organisation)
    with translation.override(organisation.language):
        for measure in live_measures(organisation):
            try:
                reading = read(measure, organisation, usual_view(measure), timezone.localdate(), desk)
                first = reading.dimensions[0] if reading.dimensions else ""
                reading = read(measure, organisation, usual_view(measure, by=first), timezone.localdate(), desk)
                trend_part(reading)
                for dimension in reading.dimensions:
                    desk.values(reading.recipe, dimension)
                for ask in (reading.groups, reading.total, reading.figure, reading.change):
                    ask()
            except KapulaError:  # the page itself says why a measure cannot be computed
                continue
