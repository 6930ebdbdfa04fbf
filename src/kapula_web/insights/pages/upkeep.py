"""What needs a hand: stale sources and measures, gaps in the model, and what waits for the one who looks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from kapula_web.accounts.access import may
from kapula_web.accounts.models import Membership, Organisation
from kapula_web.insights.figures.reading import shown_of
from kapula_web.insights.figures.recipe import Recipe
from kapula_web.insights.models import DAYS_BETWEEN_REVIEWS, Area, ModelMeasure
from kapula_web.insights.words.dictionaries import row_of
from kapula_web.insights.words.sentences import target_state
from kapula_web.kit import dates
from kapula_web.ledger.models import Import, Source

QUIET_AFTER = timedelta(days=45)
"""A source that has brought nothing for this long is called quiet: longer than a month's rhythm with its delays."""

Standings = dict[str, dict[str, Any]]


def stale(
    organisation: Organisation, measures: list[ModelMeasure], standings: Standings, today: date
) -> list[dict[str, str]]:
    """Measures without fresh data or with an overdue review, and sources gone quiet."""
    found = []
    for one in measures:
        last = standings.get(one.code, {}).get("last")
        if last and today - date.fromisoformat(last) > _patience(one):
            found.append(_item(one, gettext("uusin vastaus %(day)s") % {"day": dates.date(last)}))
        elif one.is_overdue(today):
            when = dates.date(one.reviewed_at) if one.reviewed_at else gettext("ei koskaan")
            found.append(_item(one, gettext("tarkastelu myöhässä, viimeksi %(day)s") % {"day": when}))
    quiet = Source.objects.filter(organisation=organisation, last_received_at__lt=timezone.now() - QUIET_AFTER)
    found += [
        {
            "text": str(source),
            "note": gettext("lähteestä ei ole tullut mitään %(day)s jälkeen")
            % {"day": dates.date(source.last_received_at)},
            "href": "",
        }
        for source in quiet
    ]
    return found


def _patience(measure: ModelMeasure) -> timedelta:
    """How old data may be: one rhythm of review and a week's delay."""
    return timedelta(days=DAYS_BETWEEN_REVIEWS[measure.rhythm] + 7)


def missing(organisation: Organisation, measures: list[ModelMeasure], standings: Standings) -> list[dict[str, str]]:
    """Areas without measures; measures without data, target, owner or an agreed deed."""
    used = {one.area for one in measures}
    model = reverse("insights:model", args=[organisation.slug])
    found = [
        {"text": str(label).capitalize(), "note": gettext("alueella ei ole mittaria"), "href": f"{model}#{area}"}
        for area, label in Area.choices
        if area not in used
    ]
    for one in measures:
        row = standings.get(one.code, {}).get("row")
        gaps = [
            (not row or not row["n"], gettext("vastauksia")),
            (one.target is None, gettext("tavoitetta")),
            (not one.owner_name, gettext("omistajaa")),
            (not one.when_missed, gettext("sovittua tekoa")),
        ]
        lacking = [word for lacks, word in gaps if lacks]
        if lacking:
            found.append(_item(one, gettext("ei ole: %(what)s") % {"what": ", ".join(lacking)}))
    return found


def waiting(
    membership: Membership, measures: list[ModelMeasure], standings: Standings, today: date
) -> list[dict[str, str]]:
    """My measures whose target is surely missed or whose review is due, and the imports I began that wait for a check."""
    found = []
    for one in measures:
        if one.owner_id != membership.pk:
            continue
        row = row_of(standings.get(one.code, {}).get("row"))
        if target_state(row, one.target, shown_of(one, Recipe.of(one)).higher_is_better) == "missed":
            found.append(_item(one, one.deed_when_missed or gettext("tavoite ei täyty")))
        elif one.is_overdue(today):
            found.append(_item(one, gettext("odottaa tarkastelua")))
    if may(membership, "import"):
        mapping = Import.objects.filter(
            organisation=membership.organisation, state=Import.State.MAPPING, created_by=membership.user_id
        )
        found += [
            {
                "text": one.file_name,
                "note": gettext("tuonti odottaa tarkistusta"),
                "href": reverse("ledger:import", args=[membership.organisation.slug, one.pk]),
            }
            for one in mapping
        ]
    return found


def _item(measure: ModelMeasure, note: str) -> dict[str, str]:
    return {
        "text": measure.name,
        "note": note,
        "href": reverse("insights:measure", args=[measure.organisation.slug, measure.code]),
    }
