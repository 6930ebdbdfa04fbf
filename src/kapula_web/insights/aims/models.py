"""An aim: what an experience should be at a touchpoint, by its pillar."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kapula_web.ledger.models import Named


class ExperienceAim(Named):
    """``rules``: as the library reads them, over the columns of the responses. ``good``: when an experience is good by its score, or empty.
    ``pillar``: the pillar's code or words, until pillars are there to point at."""

    pillar = models.CharField(_("lupaus"), max_length=200, blank=True)
    touchpoint = models.CharField(_("kohtaamispiste"), max_length=80, blank=True)
    rules: models.JSONField[Any] = models.JSONField(default=list)
    combine = models.CharField(max_length=10, default="all")
    needed = models.PositiveIntegerField(null=True, blank=True)
    good: models.JSONField[Any] = models.JSONField(default=dict, blank=True)
    target = models.FloatField(_("tavoite"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["touchpoint", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="experience_aim_code_once")]

    @property
    def name(self) -> str:
        return str(self)

    def declared(self) -> dict[str, Any]:
        """The aim as :func:`kapula.intended` reads it."""
        found: dict[str, Any] = {"name": self.code, "rules": self.rules, "combine": self.combine}
        found |= {"applies": {"touchpoint": [self.touchpoint]}} if self.touchpoint else {}
        for key in ("needed", "good", "target", "pillar"):
            if getattr(self, key):
                found[key] = getattr(self, key)
        return found
