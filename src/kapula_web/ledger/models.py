"""The ledger: the five canonical tables (kapula.schema), what they refer to, and the imports that filled them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kapula_web.accounts.models import Organisation, Team, User
from kapula_web.kit.words import in_language


class Named(models.Model):
    """Something of the organisation's own, with a code for data and names for people ({"fi": …, "sv": …, "en": …})."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    code = models.CharField(max_length=80)
    names = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_language(self.names) or self.code


class Source(Named):
    """Where signals come from: a survey, an export, a feed. ``plan`` is the remembered mapping of its files."""

    connector = models.CharField(max_length=40, blank=True)
    plan = models.JSONField(default=dict, blank=True)
    last_received_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="source_code_once")]


class Touchpoint(Named):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="touchpoint_code_once")]


class Question(Named):
    """A declared question: its scale and wording are facts, never guesses. ``names`` is the short label, ``wording`` the text as asked."""

    wording = models.JSONField(default=dict)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    missing = models.JSONField(default=list)
    is_comment = models.BooleanField(default=False)
    measure = models.CharField(max_length=60, blank=True, help_text=_("Kirjaston mittari, esimerkiksi nps."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="question_code_once")]


class QuestionVersion(models.Model):
    """From ``valid_from`` on the question was asked in these words on this scale: a change is a comparability break."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="versions")
    valid_from = models.DateField()
    wording = models.JSONField(default=dict)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    import_run = models.ForeignKey(
        "Import", models.SET_NULL, null=True, help_text=_("Tuonti, jonka tiedosto tämän kertoi.")
    )

    class Meta:
        ordering = ["valid_from"]


class Import(models.Model):
    """One file taken in, or on its way. Its rows become part of the ledger all at once, or not at all."""

    class State(models.TextChoices):
        MAPPING = "mapping", _("odottaa tarkistusta")
        QUEUED = "queued", _("jonossa")
        RUNNING = "running", _("käynnissä")
        DONE = "done", _("valmis")
        FAILED = "failed", _("epäonnistui")
        UNDONE = "undone", _("peruttu")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="imports")
    source = models.ForeignKey(Source, models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=255)
    stored_as = models.CharField(max_length=255, blank=True)
    size = models.BigIntegerField(default=0)
    checksum = models.CharField(
        max_length=64, blank=True, help_text=_("Tiedoston SHA-256: sama tiedosto tunnetaan samaksi.")
    )
    corrects = models.ForeignKey("self", models.SET_NULL, null=True, related_name="corrections")
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAPPING)
    plan = models.JSONField(default=dict)
    peek: models.JSONField[Any] = models.JSONField(default=dict)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    added = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    mended: models.JSONField[Any] = models.JSONField(
        default=dict, blank=True, help_text=_("Lukemisessa korjatut rivit: määrä ja ensimmäisten paikat.")
    )
    error: models.JSONField[Any] = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name


class RejectedRow(models.Model):
    """A row that was not taken in, with its reasons, until someone corrects it or sets it aside."""

    import_run = models.ForeignKey(Import, models.CASCADE, related_name="rejected_rows")
    number = models.BigIntegerField()
    raw = models.JSONField()
    reasons = models.JSONField()
    external_id = models.CharField(max_length=120, blank=True, help_text=_("Tunniste, jonka rivi olisi saanut."))
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]


class RowVersion(models.Model):
    """A row as it was before an import changed it, so that undoing the import is exact.

    ``table`` is the canonical table, ``row`` the id there, ``before`` its columns as they were (and, for a response, its
    ``comments``: question → text).
    """

    import_run = models.ForeignKey(Import, models.CASCADE, related_name="row_versions", db_index=False)
    table = models.CharField(max_length=14)
    row = models.BigIntegerField()
    before: models.JSONField[Any] = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["import_run", "table", "row"], name="row_version_once")]
        indexes = [models.Index(fields=["table", "row"], name="row_version_row")]


class Signal(models.Model):
    """Common to the canonical tables. ``import_run`` is the import that added the row.

    The unique key of each table begins with the organisation, so the organisation needs no index of its own.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    import_run = models.ForeignKey(Import, models.SET_NULL, null=True, db_index=True)

    class Meta:
        abstract = True


class Response(Signal):
    class Perspective(models.TextChoices):
        CUSTOMER = "customer", _("asiakas")
        EMPLOYEE = "employee", _("henkilöstö")
        MYSTERY = "mystery", _("havainnointi")

    source = models.ForeignKey(Source, models.PROTECT, db_index=False)
    external_id = models.CharField(max_length=120)
    perspective = models.CharField(max_length=10, choices=Perspective.choices, default=Perspective.CUSTOMER)
    customer = models.CharField(max_length=120, blank=True)
    account = models.CharField(max_length=120, blank=True)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, db_index=False)
    touchpoint = models.ForeignKey(Touchpoint, models.SET_NULL, null=True, db_index=False)
    channel = models.CharField(max_length=40, blank=True)
    segment = models.CharField(max_length=80, blank=True)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    language = models.CharField(max_length=5, blank=True)
    weight = models.FloatField(default=1.0)
    answers: models.JSONField[Any] = models.JSONField(default=dict)
    attributes: models.JSONField[Any] = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "source", "external_id"], name="response_once")]
        indexes = [
            models.Index(
                fields=["organisation", "customer"], condition=~models.Q(customer=""), name="response_customer"
            )
        ]


class Comment(models.Model):
    response = models.ForeignKey(Response, models.CASCADE, related_name="comments", db_index=False)
    question = models.CharField(max_length=80)
    text = models.TextField()
    language = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="comment_once")]


class Observation(Signal):
    measure = models.CharField(max_length=80)
    touchpoint = models.ForeignKey(Touchpoint, models.SET_NULL, null=True, db_index=False)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, db_index=False)
    period = models.DateField()
    grain = models.CharField(max_length=8, default="week")
    value = models.FloatField()
    n = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            # By expressions, for SQLite cannot say that two nulls are the same.
            models.UniqueConstraint(
                "organisation",
                "measure",
                Coalesce("touchpoint", 0),
                Coalesce("team", 0),
                "grain",
                "period",
                name="observation_once",
            )
        ]


class Event(Signal):
    external_id = models.CharField(max_length=120)
    customer = models.CharField(max_length=120, blank=True)
    account = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=60)
    touchpoint = models.ForeignKey(Touchpoint, models.SET_NULL, null=True, db_index=False)
    occurred_at = models.DateTimeField()
    attributes: models.JSONField[Any] = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "external_id"], name="event_once")]


class Outcome(Signal):
    customer = models.CharField(max_length=120, blank=True)
    account = models.CharField(max_length=120, blank=True)
    period = models.DateField()
    grain = models.CharField(max_length=8, default="quarter")
    revenue = models.FloatField(null=True)
    active = models.BooleanField(null=True)
    attributes: models.JSONField[Any] = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "customer", "account", "grain", "period"], name="outcome_once"
            )
        ]


class LedgerChange(models.Model):
    """A stretch of rows the snapshot has not taken in yet (see changes.py). Rows go when it has."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    table = models.CharField(max_length=14)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(null=True, help_text=_("Siihen asti tilannekuva voi odottaa."))


class AttributeName(models.Model):
    """A name that responses' attributes use: becomes a column ``attribute_<name>`` of the snapshot."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="attribute_name_once")]
