"""A person's word on a comment's theme: kept, counted at once, and learned from later."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from kapula_web.accounts.audit import record
from kapula_web.accounts.models import User
from kapula_web.ledger.comments import lock_comments
from kapula_web.ledger.models import Comment
from kapula_web.texts.models import CodebookTheme, CommentAnalysis, CommentTheme, Correction
from kapula_web.texts.services.checking import Draw
from kapula_web.texts.services.keep import CAN_WAIT, mentions_of, name
from kapula_web.texts.services.teaching import teach_later

HELD_OUT: Final = 3
"""One correction in this many is never learned from."""


@transaction.atomic
def correct(
    *,
    comment: Comment,
    theme: CodebookTheme,
    present: bool,
    sentiment: str | None,
    actor: User | None,
    draw: Draw | None = None,
) -> Correction:
    """``comment`` speaks of ``theme`` (with this sentiment; None: as the machine said), or does not. The latest word holds.

    ``draw``: how the comment came to be checked, when it came by chance; a later word on it leaves that as it was. Raises
    ``Comment.DoesNotExist`` for a comment that is gone by now.
    """
    organisation = theme.codebook.organisation
    _lock(comment)
    told = {
        "organisation": organisation,
        "present": present,
        "sentiment": sentiment if present else None,
        "made_by": actor,
        "made_at": timezone.now(),
        "held_out": is_held_out(comment.text),
    }
    kept, _new = Correction.objects.update_or_create(
        comment=comment, code=theme.code, defaults=told, create_defaults=told | _drawn(draw)
    )
    _count_anew(comment)
    record(
        organisation=organisation, actor=actor, action="comment.theme_corrected", about=comment, theme=theme.name,
        present=present,
    )  # fmt: skip
    teach_later(theme)
    return kept


@transaction.atomic
def take_back(*, comment: Comment, theme: CodebookTheme, actor: User | None) -> bool:
    """The machine's word holds again. Whether there was a correction to take back. Raises as :func:`correct`."""
    _lock(comment)
    gone, _ = Correction.objects.filter(comment=comment, code=theme.code).delete()
    if not gone:
        return False
    _count_anew(comment)
    organisation = theme.codebook.organisation
    record(organisation=organisation, actor=actor, action="comment.correction_undone", about=comment, theme=theme.name)
    teach_later(theme)
    return True


def _lock(comment: Comment) -> None:
    if not lock_comments(Comment.objects.filter(pk=comment.pk)):
        raise Comment.DoesNotExist


def _drawn(draw: Draw | None) -> dict[str, Any]:
    if draw is None:
        return {}
    return {"drawn": Correction.Drawn.NAMED if draw.named else Correction.Drawn.UNNAMED, "drawn_share": draw.share}


def is_held_out(text: str) -> bool:
    """A third of the comments, by their words: the same words are always on the same side, whoever wrote them."""
    told = " ".join(text.casefold().split())
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big") % HELD_OUT == 0


def _count_anew(comment: Comment) -> None:
    analysis = CommentAnalysis.objects.select_related("organisation").get(comment=comment)
    corrections = list(Correction.objects.filter(comment=comment))
    CommentTheme.objects.filter(analysis=analysis).delete()
    CommentTheme.objects.bulk_create(mentions_of(analysis.organisation, comment.pk, analysis.themes, corrections))
    # Someone going through comments changes many: the figures take them in together.
    name(analysis.organisation, [comment.response_id], due_at=timezone.now() + CAN_WAIT)
