"""What customers said does not stay in what was found when their comments have gone."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import Count, F

from kapula.text.topics.phrases import still_said
from kapula_web.accounts.models import AuditEntry
from kapula_web.texts.topics.models import DiscoveredTheme

NAMED: Final = ("topics.dismissed", "topics.taken_back")
"""Deeds whose entries in the audit log name the theme by its phrases. One that was merged is named as the codebook has it."""


@transaction.atomic
def forget(organisation_id: int) -> None:
    """Comments have gone: phrases that no comment left of their theme holds go too. A theme that has none left is not told of, and one that
    has no comment left is not known again either: where it lay among meanings was theirs."""
    counted = DiscoveredTheme.objects.filter(organisation=organisation_id).exclude(phrases=[], centroid=[])
    # A theme that has all the comments it was found in is neither read nor locked.
    short = list(
        counted.annotate(left=Count("mentions")).filter(left__lt=F("n")).order_by().values_list("pk", flat=True)
    )
    for theme in DiscoveredTheme.objects.select_for_update().filter(pk__in=short).order_by("pk"):
        keep_what_is_said(theme)


def keep_what_is_said(theme: DiscoveredTheme) -> None:
    """By the theme's own comments: a phrase that only others hold says nothing of it. The theme's row is locked."""
    if theme.centroid and not theme.mentions.exists():
        theme.centroid = []
        theme.save(update_fields=["centroid"])
    said = theme.mentions.order_by("place").values_list("comment__text", "comment__analysis__language")
    phrases = still_said(theme.phrases, ((text, language or "fi") for text, language in said.iterator()))
    if phrases == theme.phrases:
        return
    theme.phrases = phrases
    theme.save(update_fields=["phrases"])
    about = AuditEntry.objects.filter(organisation=theme.organisation_id, action__in=NAMED, object_id=str(theme.pk))
    for entry in about:
        entry.details["theme"] = theme.name or theme.key
        entry.save(update_fields=["details"])
