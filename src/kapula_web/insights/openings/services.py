"""Counting openings, cheaply: one update, and on the day's first opening one insert."""

from __future__ import annotations

from datetime import date

from django.db import OperationalError
from django.db.models import F, Max, Min

from kapula_web.accounts.models import Organisation
from kapula_web.insights.models import ModelMeasure
from kapula_web.insights.openings.models import MeasureOpened


def opened(measure: ModelMeasure, day: date) -> None:
    """Count an opening. A database that is busy writing loses the count, not the page."""
    try:
        if not MeasureOpened.objects.filter(measure=measure, day=day).update(times=F("times") + 1):
            MeasureOpened.objects.bulk_create([MeasureOpened(measure=measure, day=day)], ignore_conflicts=True)
    except OperationalError:
        return


def last_opened(organisation: Organisation) -> dict[int, date]:
    """Measure's id → the last day its page was opened."""
    found = MeasureOpened.objects.filter(measure__organisation=organisation).values_list("measure")
    return dict(found.annotate(last=Max("day")).values_list("measure", "last"))


def counted_since(organisation: Organisation) -> date | None:
    """The first day an opening was counted; None before any."""
    since: date | None = MeasureOpened.objects.filter(measure__organisation=organisation).aggregate(first=Min("day"))[
        "first"
    ]
    return since
