"""What people taught: their corrections, and what was learned from them."""

from __future__ import annotations

from typing import Any

from django.db import models

from kapula_web.accounts.models import Organisation, User
from kapula_web.ledger.models import Comment
from kapula_web.texts.models.codebook import Codebook


class Correction(models.Model):
    """A person's word on whether a comment speaks of a theme, and how. Agreeing with the machine is one too.

    ``held_out``: never learned from, only tried on; a third of them, by the words of the comment, so that it does not change.
    ``drawn``: by chance among the comments the machine had named or had not, when ``drawn_share`` of them were named; empty when a person
    came upon the comment in another way, so that it says nothing of how often the machine errs.
    """

    class Drawn(models.TextChoices):
        NAMED = "named"
        UNNAMED = "unnamed"

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="theme_corrections", db_index=False)
    code = models.CharField(max_length=60)
    present = models.BooleanField()
    sentiment = models.CharField(max_length=8, null=True)  # null: left as the machine said
    made_by = models.ForeignKey(User, models.SET_NULL, null=True)
    made_at = models.DateTimeField()
    held_out = models.BooleanField()
    drawn = models.CharField(max_length=7, choices=Drawn.choices, blank=True, default="")
    drawn_share = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "code"], name="correction_once")]
        indexes = [models.Index(fields=["organisation", "code"], name="correction_code")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.code} {self.present}"


class TaughtHead(models.Model):
    """What the corrections of a theme taught, and how well it does on those held out (F1 with a 95 % interval), before and after.

    ``head``: the fields of kapula.text.codebook.Head. ``n``: learned from; ``held_out``: tried on. ``used``: whether it is no worse.
    """

    codebook = models.ForeignKey(Codebook, models.CASCADE, related_name="heads")
    code = models.CharField(max_length=60)
    head: models.JSONField[Any] = models.JSONField(default=dict)
    n = models.PositiveIntegerField()
    held_out = models.PositiveIntegerField()
    f1_before = models.FloatField(null=True)
    low_before = models.FloatField(null=True)
    high_before = models.FloatField(null=True)
    f1_after = models.FloatField(null=True)
    low_after = models.FloatField(null=True)
    high_after = models.FloatField(null=True)
    used = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["codebook", "code"], name="taught_head_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.n}"
