"""A measure's page opened on a day: a count, and nothing of the people who opened it."""

from __future__ import annotations

from django.db import models


class MeasureOpened(models.Model):
    """``times``: how often the page of ``measure`` was opened on ``day``. Who opened it is not kept."""

    measure = models.ForeignKey("insights.ModelMeasure", models.CASCADE, related_name="openings")
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "day"], name="measure_opened_once_a_day")]

    def __str__(self) -> str:
        return f"{self.measure} {self.day} {self.times}"
