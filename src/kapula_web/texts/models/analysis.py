"""What the machine said of a comment. All of it goes with the comment, and comes back by analysing the comment again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Comment


class CommentAnalysis(models.Model):
    """The row that :func:`kapula.text.analyse` gave (kapula.text.contract), and the ``version`` of model and codebook that gave it.

    ``themes``: [{code, spans, sentiment}] as the machine said; pages count by :class:`CommentTheme`, where people's corrections hold.
    ``pii``: [{type, start, end}].
    """

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="analysis")
    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    version = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    sentiment = models.CharField(max_length=8)
    probability = models.FloatField()
    abstained = models.BooleanField()
    intensity = models.PositiveSmallIntegerField()
    emotion = models.CharField(max_length=14)
    dimensions: models.JSONField[Any] = models.JSONField(default=list)
    themes: models.JSONField[Any] = models.JSONField(default=list)
    resolved = models.BooleanField(null=True)
    churn_risk = models.BooleanField()
    urgent = models.BooleanField()
    suggestion = models.BooleanField()
    empathy = models.CharField(max_length=7, null=True)  # null: nothing is said of it
    pii: models.JSONField[Any] = models.JSONField(default=list)
    analysed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "version"], name="analysis_version"),
            models.Index(fields=["organisation", "sentiment"], name="analysis_sentiment"),
            models.Index(fields=["organisation"], condition=Q(urgent=True), name="analysis_urgent"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.sentiment}"


class CommentTheme(models.Model):
    """A theme that a comment speaks of, as pages count it: the machine's word, or a person's where there is one (``corrected``)."""

    analysis = models.ForeignKey(CommentAnalysis, models.CASCADE, related_name="mentions", db_index=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    code = models.CharField(max_length=60)
    sentiment = models.CharField(max_length=8)
    corrected = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["analysis", "code"], name="comment_theme_once")]
        indexes = [models.Index(fields=["organisation", "code", "sentiment"], name="comment_theme_code")]

    def __str__(self) -> str:
        return f"{self.analysis_id} {self.code}"


class CommentEmbedding(models.Model):
    """Where a comment lies among meanings: 384 directions in one byte each, the vector being ``vector`` · ``scale``."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="embedding")
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    version = models.CharField(max_length=40)
    vector = models.BinaryField()
    scale = models.FloatField()

    def __str__(self) -> str:
        return f"{self.comment_id} {self.version}"
