"""The one door to imports, their rejected rows and sources: another organisation's are not there."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Import, RejectedRow, Source


def import_of(organisation: Organisation, import_id: int) -> Import:
    found = Import.objects.select_related("organisation", "source", "corrects", "created_by")
    return get_object_or_404(found, organisation=organisation, pk=import_id)


def rejected_row_of(organisation: Organisation, import_id: int, row_id: int) -> RejectedRow:
    """A row that still waits for a correction."""
    return get_object_or_404(
        RejectedRow.objects.select_related("import_run__organisation", "import_run__source"),
        import_run=import_of(organisation, import_id),
        resolved_at=None,
        pk=row_id,
    )


def source_of(organisation: Organisation, source_id: int) -> Source:
    return get_object_or_404(Source.objects.select_related("organisation"), organisation=organisation, pk=source_id)
