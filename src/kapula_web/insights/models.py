"""The measurement model: a tree of measures in four areas, each with target, owner, rhythm and what is done when it is missed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kapula_web.accounts.models import Membership
from kapula_web.ledger.models import Named


class Area(models.TextChoices):
    EXPERIENCE = "experience", _("kokemus")
    RELATIONSHIP = "relationship", _("asiakassuhde")
    BRAND = "brand", _("brändi")
    BUSINESS = "business", _("liiketoiminta")


class Rhythm(models.TextChoices):
    WEEK = "week", _("viikoittain")
    MONTH = "month", _("kuukausittain")
    QUARTER = "quarter", _("neljännesvuosittain")
    HALF_YEAR = "half_year", _("puolivuosittain")
    YEAR = "year", _("vuosittain")


class ModelMeasure(Named):
    """A measure the organisation leads by.

    ``measure``: the library's measure. ``table``: the canonical table it reads. ``columns``: its columns there (question codes for
    responses; ``value`` for observations). ``filters``: column → values. ``series``: an observation's measure code.
    """

    area = models.CharField(_("alue"), max_length=12, choices=Area.choices)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField(default=0)
    measure = models.CharField(_("mittari"), max_length=60)
    table = models.CharField(max_length=14, default="responses")
    columns: models.JSONField[Any] = models.JSONField(default=list)
    filters: models.JSONField[Any] = models.JSONField(default=dict, blank=True)
    series = models.CharField(max_length=80, blank=True)
    definitions: models.JSONField[Any] = models.JSONField(default=dict)
    target = models.FloatField(_("tavoite"), null=True, blank=True)
    owner = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True)
    owner_role = models.CharField(_("vastuurooli"), max_length=120, blank=True)
    rhythm = models.CharField(_("tarkastelurytmi"), max_length=10, choices=Rhythm.choices, default=Rhythm.MONTH)
    when_missed: models.JSONField[Any] = models.JSONField(default=dict)
    period = models.CharField(max_length=8, default="week")
    reviewed_at = models.DateField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["area", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="model_measure_code_once")]
