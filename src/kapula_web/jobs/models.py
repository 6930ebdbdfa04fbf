"""Long work in the background, as people see it: what it is, how far it is, and how it ended."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kapula_web.accounts.models import Organisation, User


class Job(models.Model):
    """One piece of background work. The queue is django-tasks' own; this row is what survives retries and is shown to people."""

    class State(models.TextChoices):
        QUEUED = "queued", _("jonossa")
        RUNNING = "running", _("käynnissä")
        DONE = "done", _("valmis")
        FAILED = "failed", _("epäonnistui")
        CANCELLED = "cancelled", _("peruttu")

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="jobs")
    kind = models.CharField(max_length=60)
    arguments: models.JSONField[Any] = models.JSONField(default=dict)
    key = models.CharField(max_length=120, blank=True, help_text=_("Samalla avaimella on jonossa vain yksi työ."))
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    result: models.JSONField[Any] = models.JSONField(default=dict, blank=True)
    error: models.JSONField[Any] = models.JSONField(default=dict, blank=True)
    requested_by = models.ForeignKey(User, models.SET_NULL, null=True)
    run_after = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "run_after"])]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=["queued", "running"]) & ~models.Q(key=""),
                name="one_waiting_job_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
