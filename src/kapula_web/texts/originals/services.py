"""Looking at a comment as it was written."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kapula_web.accounts.audit import record
from kapula_web.accounts.models import User
from kapula_web.ledger.comments import lock_comments
from kapula_web.ledger.models import Comment


@transaction.atomic
def look(*, comment: Comment, actor: User) -> str:
    """The comment's own words. That they were looked at is written first, with who, when and which; never the words themselves.

    Raises ``Comment.DoesNotExist`` for one that is gone by now: nothing of it is shown, and the log tells of no look."""
    if not lock_comments(Comment.objects.filter(pk=comment.pk), sharing_key=True):
        raise Comment.DoesNotExist
    response = comment.response
    record(
        organisation=response.organisation, actor=actor, action="comment.original_seen", about=comment,
        source=response.source.code, answered=timezone.localdate(response.occurred_at).isoformat(),
    )  # fmt: skip
    return comment.text
