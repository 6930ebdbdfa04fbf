"""The one door to a measure of the model: another organisation's is not found."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from kapula_web.accounts.models import Organisation
from kapula_web.insights.models import ModelMeasure


def measure_of(organisation: Organisation, code: str, *, archived: bool = False) -> ModelMeasure:
    """The measure, or 404. Archived ones are found only where they can be taken back."""
    found = ModelMeasure.objects.filter(organisation=organisation).select_related("owner__user", "parent")
    if not archived:
        found = found.filter(archived_at=None)
    return get_object_or_404(found, code=code)
