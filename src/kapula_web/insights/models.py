"""The measurement model: a tree of measures in four areas, each with target, owner, rhythm and what is done when it is missed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kapula_web.accounts.models import Membership, Organisation, User
from kapula_web.jobs.models import Job
from kapula_web.kit.words import in_language
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


class Grain(models.TextChoices):
    DAY = "day", _("päivä")
    WEEK = "week", _("viikko")
    MONTH = "month", _("kuukausi")
    QUARTER = "quarter", _("neljännes")
    YEAR = "year", _("vuosi")


DAYS_BETWEEN_REVIEWS: Final[dict[str, int]] = {
    Rhythm.WEEK: 7,
    Rhythm.MONTH: 31,
    Rhythm.QUARTER: 92,
    Rhythm.HALF_YEAR: 183,
    Rhythm.YEAR: 366,
}


class ModelMeasure(Named):
    """A measure the organisation leads by.

    ``measure``: the library's measure. ``table``: the canonical table it reads. ``columns``: its columns there
    (question codes for responses; ``value`` for observations). ``filters``: column → values. ``series``: an
    observation's measure code. ``weight`` and ``cluster``: columns of the table, or empty. ``options``: the
    measure's own options. ``unit_label``: what follows a raw number ("s", "€"). ``higher_is_better``: None
    follows the library's measure. ``headline``: stands on the first page."""

    area = models.CharField(_("alue"), max_length=12, choices=Area.choices)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField(default=0)
    measure = models.CharField(_("mittari"), max_length=60)
    table = models.CharField(max_length=14, default="responses")
    columns: models.JSONField[Any] = models.JSONField(default=list)
    filters: models.JSONField[Any] = models.JSONField(default=dict, blank=True)
    options: models.JSONField[Any] = models.JSONField(default=dict, blank=True)
    series = models.CharField(max_length=80, blank=True)
    unit_label = models.CharField(_("yksikkö"), max_length=20, blank=True)
    higher_is_better = models.BooleanField(null=True, blank=True)
    weight = models.CharField(_("painokerroin"), max_length=80, blank=True)
    cluster = models.CharField(_("toistuva vastaaja"), max_length=80, blank=True)
    definitions: models.JSONField[Any] = models.JSONField(default=dict)
    target = models.FloatField(_("tavoite"), null=True, blank=True)
    owner = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True)
    owner_role = models.CharField(_("vastuurooli"), max_length=120, blank=True)
    rhythm = models.CharField(_("tarkastelurytmi"), max_length=10, choices=Rhythm.choices, default=Rhythm.MONTH)
    when_missed: models.JSONField[Any] = models.JSONField(default=dict)
    period = models.CharField(_("aikajakso"), max_length=8, choices=Grain.choices, default=Grain.WEEK)
    headline = models.BooleanField(_("näkyy Nyt-sivulla"), default=False)
    reviewed_at = models.DateField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["area", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="model_measure_code_once")]

    @property
    def name(self) -> str:
        return str(self)

    @property
    def definition(self) -> str:
        return in_language(self.definitions)

    @property
    def deed_when_missed(self) -> str:
        return in_language(self.when_missed)

    @property
    def owner_name(self) -> str:
        """The person, else the role that answers for it, else nothing."""
        return str(self.owner.user) if self.owner else self.owner_role

    @property
    def next_review(self) -> date | None:
        """When it shall be looked at again; None when it never has been."""
        return self.reviewed_at + timedelta(days=DAYS_BETWEEN_REVIEWS[self.rhythm]) if self.reviewed_at else None

    @property
    def is_seasonal(self) -> bool:
        """Looked at by the quarter or less often: then the season stands between one look and the next."""
        return DAYS_BETWEEN_REVIEWS[self.rhythm] >= DAYS_BETWEEN_REVIEWS[Rhythm.QUARTER]

    def is_overdue(self, today: date) -> bool:
        return self.next_review is None or self.next_review < today


class Scan(models.Model):
    """What the first page tells, computed once for each state of data and model: cards, moves, contrasts. A cache, always rebuildable."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="scan")
    key = models.CharField(max_length=64)
    found: models.JSONField[Any] = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.organisation} {self.made_at:%Y-%m-%d %H:%M}"


class AnalysisRun(models.Model):
    """One question asked of one version of the data, and its answer once there is one. A cache, always rebuildable.

    ``key``: a digest of everything the answer rests on. ``same``: a digest of the question alone, so that the answer of an earlier
    version of the data is found while the new one is computed. ``made_with``: the release of library and page, which alone can tell its
    answer. ``found``: the result's ``to_dict()``; ``error``: an expected error's."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="analysis_runs")
    analysis = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    same = models.CharField(max_length=64)
    chosen: models.JSONField[Any] = models.JSONField(default=dict)
    version = models.CharField(max_length=120)
    made_with = models.CharField(max_length=60, default="")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    found: models.JSONField[Any] = models.JSONField(null=True, default=None)
    error: models.JSONField[Any] = models.JSONField(default=dict, blank=True)
    requested_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "analysis", "key"], name="analysis_run_once"),
        ]
        indexes = [models.Index(fields=["organisation", "analysis", "same"], name="analysis_run_same")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.analysis}"


class ValueName(Named):
    """What people call a value that data holds as a code: dimension ``segment``, code ``solar_home`` →
    "Aurinkokoti". An empty code names the dimension itself."""

    dimension = models.CharField(max_length=120)
    code = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "dimension", "code"], name="value_name_once")]


from kapula_web.insights.aims.models import ExperienceAim as ExperienceAim  # noqa: E402  (found by Django here)
from kapula_web.insights.openings.models import MeasureOpened as MeasureOpened  # noqa: E402  (found by Django here)
