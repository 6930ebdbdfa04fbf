"""A theme as it is being written, tried on past comments behind the page: reading takes seconds, and the model longer to load, while on
SQLite one thread answers everybody.

What comes of it is kept with the work: counts, and which comments change with the places that show why. Words stay in the comments.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from kapula_web.accounts.models import Membership
from kapula_web.jobs.models import Job
from kapula_web.jobs.services import enqueue
from kapula_web.ledger.models import Comment
from kapula_web.texts.access import theme_of, visible_comments
from kapula_web.texts.models import Codebook, CodebookTheme, CommentAnalysis
from kapula_web.texts.services.previewing import trial

TRY: Final = "texts.try"
SHOWN: Final = 8
"""Comments kept of those that gain the theme, and of those that lose it."""
DRAFT: Final = "draft"
"""The code of a theme that has none yet."""
FRESH: Final = timedelta(minutes=2)
"""How long the same question is answered by what was found: without scripts a person asks until it is there."""
_ENDED: Final = (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED)


def ask(membership: Membership, theme: CodebookTheme | None, fields: Mapping[str, Any]) -> Job:
    """The trial that is under way or was just done, or a new one; a person's earlier ones go. ``theme``: the one that is being changed,
    None for a new one; ``fields``: as the form has them."""
    key = _key(membership, theme, fields)
    mine = Job.objects.filter(kind=TRY, requested_by=membership.user, organisation=membership.organisation)
    done = mine.filter(key=key, state=Job.State.DONE, finished_at__gte=timezone.now() - FRESH).first()
    if done is not None:
        return done
    mine.filter(state__in=_ENDED).delete()
    return enqueue(
        organisation=membership.organisation,
        kind=TRY,
        key=key,
        requested_by=membership.user,
        membership_id=membership.pk,
        code=theme.code if theme is not None else "",
        fields=dict(fields),
    )


def tried(membership: Membership, code: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The work itself. ``code``: of the theme that is being changed, empty for a new one."""
    theme = theme_of(membership.organisation, code) if code else None
    book = theme.codebook if theme is not None else Codebook(organisation=membership.organisation)
    draft = CodebookTheme(codebook=book, code=code or DRAFT, **fields)
    draft.threshold = theme.threshold if theme is not None else None
    comments = visible_comments(membership).select_related("analysis", "response__touchpoint", "response__team")
    found = trial(comments, theme, draft)
    return {
        "n": found.n, "before": found.before, "after": found.after, "new": theme is None,
        "gained": len(found.gained), "lost": len(found.lost),
        "gaining": _places(found.gained), "losing": _places(found.lost),
    }  # fmt: skip


def forget(organisation_id: int) -> None:
    """Comments have gone: so do the looks at past comments, and the words that somebody tried on them."""
    Job.objects.filter(kind=TRY, organisation=organisation_id, state__in=_ENDED).delete()


def forget_old() -> None:
    """What was tried is answered again for a while (FRESH), and not kept for longer."""
    Job.objects.filter(kind=TRY, finished_at__lt=timezone.now() - FRESH).delete()


def _places(changed: Sequence[tuple[Comment, list[list[int]]]]) -> list[list[Any]]:
    return [[comment.pk, [list(span) for span in spans]] for comment, spans in changed[:SHOWN]]


def _key(membership: Membership, theme: CodebookTheme | None, fields: Mapping[str, Any]) -> str:
    """Of everything that the answer hangs on and a page can know at once."""
    read = CommentAnalysis.objects.filter(organisation=membership.organisation).count()
    asked = json.dumps([theme.code if theme is not None else "", fields, read], sort_keys=True, ensure_ascii=False)
    return f"{TRY}:{membership.pk}:{hashlib.sha256(asked.encode()).hexdigest()[:32]}"
