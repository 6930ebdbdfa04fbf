"""The one door to an aim: another organisation's is not found."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kapula_web.accounts.models import Organisation
from kapula_web.insights.aims.models import ExperienceAim


def aim_of(organisation: Organisation, code: str, *, archived: bool = False) -> ExperienceAim:
    """The aim, or 404. Archived ones are found only where they can be taken back."""
    found = ExperienceAim.objects.filter(organisation=organisation)
    return get_object_or_404(found if archived else found.filter(archived_at=None), code=code)


def live_aims(organisation: Organisation) -> QuerySet[ExperienceAim]:
    """Every aim that stands."""
    return ExperienceAim.objects.filter(organisation=organisation, archived_at=None)
