"""Themes sought once a week, and when somebody asks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kapula_web.accounts.models import Organisation
from kapula_web.jobs.registry import Progress, background
from kapula_web.texts.topics import searching


@background(searching.FIND, label=_("Uusien teemojen etsiminen"), attempts=2, priority=-70)
def find(progress: Progress, *, organisation_id: int) -> dict[str, Any]:
    return searching.search(Organisation.objects.get(pk=organisation_id), progress)


@background("texts.topics_watch", attempts=1, every=3600)
def watch(progress: Progress) -> dict[str, Any]:
    """Look at every organisation; ask for a search where a week has passed."""
    asked = [one for one in Organisation.objects.all() if searching.ask_if_due(one) is not None]
    return {"asked": len(asked)}
