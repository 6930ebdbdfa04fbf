"""An organisation's codebook: what it listens for in comments."""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from kapula_web.accounts.models import Organisation
from kapula_web.kit.words import in_language

COLOURS: Final = ("cat-1", "cat-2", "cat-3", "cat-4", "cat-5", "cat-6")
"""Roles of kapula.charts.theme."""


class Codebook(models.Model):
    """``revision`` grows by one at each change."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="codebook")
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organisation} {self.revision}"


class CodebookTheme(models.Model):
    """``names`` and ``descriptions``: by language. ``examples``: phrases a customer would use. ``threshold``: how probable the theme must
    be to be named, None for the model's own. A retired theme is no longer looked for; what was said of it is kept in the log."""

    codebook = models.ForeignKey(Codebook, models.CASCADE, related_name="themes")
    code = models.CharField(max_length=60)
    names: models.JSONField[Any] = models.JSONField(default=dict)
    descriptions: models.JSONField[Any] = models.JSONField(default=dict)
    examples: models.JSONField[Any] = models.JSONField(default=list)
    colour = models.CharField(max_length=12, default=COLOURS[0])
    threshold = models.FloatField(null=True)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["codebook", "code"], name="codebook_theme_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.names) or self.code

    @property
    def description(self) -> str:
        return in_language(self.descriptions)
