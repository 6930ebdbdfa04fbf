"""Examples of a theme that are customers' words: they came along when a discovered theme was taken into the codebook."""

from __future__ import annotations

from django.db import models

from kapula_web.ledger.models import Comment
from kapula_web.texts.models.codebook import CodebookTheme


class CustomerPhrase(models.Model):
    """An example phrase as customers wrote it. It stays while enough of them said it (kapula_web.texts.topics.examples)."""

    theme = models.ForeignKey(CodebookTheme, models.CASCADE, related_name="customer_phrases", db_index=False)
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "text"], name="customer_phrase_once")]

    def __str__(self) -> str:
        return self.text


class PhraseMention(models.Model):
    """A comment that held the phrase when it came along; it goes with the comment."""

    phrase = models.ForeignKey(CustomerPhrase, models.CASCADE, related_name="mentions", db_index=False)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="phrase_mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phrase", "comment"], name="phrase_mention_once")]

    def __str__(self) -> str:
        return f"{self.phrase_id} {self.comment_id}"
