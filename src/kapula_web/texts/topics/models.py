"""What was found beside the codebook: themes it misses, and topics on the rise."""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Comment

OPEN: Final = "open"
MERGED: Final = "merged"
DISMISSED: Final = "dismissed"


class DiscoveredTheme(models.Model):
    """A theme as the last search found it. ``key``: what stays the same from search to search. ``phrases``: [{text, stems, z, n, outside}].

    ``state``: open, merged into the codebook (as ``code``), or dismissed. ``seen_at``: the last search that found it; one that a later
    search no longer found has faded and is kept only so that it is known again.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="discovered_themes", db_index=False)
    key = models.CharField(max_length=20)
    phrases: models.JSONField[Any] = models.JSONField(default=list)
    centroid: models.JSONField[Any] = models.JSONField(default=list)
    embedded_by = models.CharField(max_length=40)
    n = models.PositiveIntegerField()
    share = models.FloatField()
    stability = models.FloatField()
    status = models.CharField(max_length=12)
    months: models.JSONField[Any] = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=OPEN)
    code = models.CharField(max_length=60, default="")
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-n", "key"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="discovered_theme_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return " · ".join(phrase["text"] for phrase in self.phrases[:3])


class DiscoveredMention(models.Model):
    """A comment of a discovered theme; the words themselves stay in the comment and go with it. ``place``: 0 is the best quote."""

    theme = models.ForeignKey(DiscoveredTheme, models.CASCADE, related_name="mentions")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="discovered_in")
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["theme", "comment"], name="discovered_mention_once")]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.comment_id}"


class EmergingAlert(models.Model):
    """A topic that rose in ``period``: a codebook theme's code or a discovered theme's key. Figures as kapula.text.topics gives them."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="emerging_alerts", db_index=False)
    topic = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    window = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    expected = models.FloatField()
    ratio = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    p = models.FloatField()
    current = models.BooleanField()
    found_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-period", "topic"]
        constraints = [models.UniqueConstraint(fields=["organisation", "topic", "period"], name="emerging_alert_once")]

    def __str__(self) -> str:
        return f"{self.topic} {self.period}"


class TopicSearch(models.Model):
    """The last search's own account: what kapula.text.topics said besides the themes, and when. One an organisation."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="topic_search")
    at = models.DateTimeField()
    version = models.CharField(max_length=40)
    found: models.JSONField[Any] = models.JSONField(default=dict)
    watched: models.JSONField[Any] = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.organisation} {self.at:%Y-%m-%d}"
