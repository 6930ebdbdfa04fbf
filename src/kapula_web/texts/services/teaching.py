"""Learning from corrections: in the background, tried on those held out, and used only when it does no worse there.

What was learned does not outlive the corrections it was learned from: when too few are left, or comments that taught it go (a customer is
erased, an import undone), it is unlearned, and the codebook's version, by which comments are read again, is as it was before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kapula.statistics.intervals import wilson
from kapula.text.codebook import Codebook as Told
from kapula_web.accounts.audit import record
from kapula_web.accounts.models import Organisation
from kapula_web.jobs.models import Job
from kapula_web.jobs.registry import Later
from kapula_web.jobs.services import enqueue
from kapula_web.ledger.comments import lock_comments
from kapula_web.ledger.models import Comment
from kapula_web.texts.access import theme_of
from kapula_web.texts.figures import CRITICAL
from kapula_web.texts.masking import blanked, personal_of
from kapula_web.texts.models import Codebook, CodebookTheme, Correction, TaughtHead
from kapula_web.texts.selectors import as_library, heads_of
from kapula_web.texts.services import analyse

TEACH: Final = "texts.teach"
NEEDED: Final = 10
"""Corrections of a theme that may be learned from, before anything is (kapula.text.codebook.teach.LEAST)."""
TRIED: Final = 3
"""Held-out corrections without which nothing can be said of how well it was learned."""
_GATHER: Final = timedelta(minutes=2)
"""Someone who corrects one comment corrects the next: they are learned from together."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """F1 with its 95 % interval; None when the theme is neither there nor seen.

    F1 = 2·TP / (2·TP + FP + FN) = 2J / (1 + J) with J = TP / (TP + FP + FN), a share of the comments where the theme is there or
    seen: Wilson's interval of J, carried through the same increasing function, is one of F1.
    """

    f1: float | None
    low: float | None
    high: float | None

    @property
    def rank(self) -> float:
        """No theme and none seen is without a mistake."""
        return 1.0 if self.f1 is None else self.f1


def accuracy(there: Sequence[bool], seen: Sequence[bool]) -> Accuracy:
    hits = sum(a and b for a, b in zip(there, seen, strict=True))
    either = sum(a or b for a, b in zip(there, seen, strict=True))
    if not either:
        return Accuracy(None, None, None)
    low, high = wilson(hits / either, either, CRITICAL)
    return Accuracy(*(2 * share / (1 + share) for share in (hits / either, low, high)))


def teach_later(theme: CodebookTheme) -> Job | None:
    """Have the theme taught when there is enough to learn from, and untaught when there no longer is."""
    organisation = theme.codebook.organisation
    enough = Correction.objects.filter(organisation=organisation, code=theme.code, held_out=False).count() >= NEEDED
    if not enough and not _in_use(theme):
        return None
    return enqueue(
        organisation=organisation, kind=TEACH, key=f"{TEACH}:{organisation.pk}:{theme.code}",
        run_after=timezone.now() + _GATHER, organisation_id=organisation.pk, code=theme.code,
    )  # fmt: skip


def teach(organisation: Organisation, code: str) -> TaughtHead | None:
    """Learn the theme anew from all its corrections; None when there are no longer enough, and what was learned before goes too.

    Raises :class:`Later` when others were made meanwhile: while this runs, no other learning is made for them."""
    started, theme = timezone.now(), theme_of(organisation, code, retired=True)
    rows = list(
        Correction.objects.filter(organisation=organisation, code=code)
        .select_related("comment__analysis")
        .order_by("pk")
    )
    learned, tried = [one for one in rows if not one.held_out], [one for one in rows if one.held_out]
    if len(learned) < NEEDED:
        _unlearn(theme, len(learned), len(tried))
        return _with_all(rows, theme, None)
    if theme.retired_at is not None:
        return None
    library = analyse.library_behind()
    untaught = as_library(theme.codebook)
    untaught = replace(untaught, heads={one: head for one, head in untaught.heads.items() if one != code})
    head = library.teach(untaught, code, _texts(learned), [one.present for one in learned])
    before = _try(library, untaught, code, tried)
    after = _try(library, untaught.with_heads({code: head}), code, tried)
    with transaction.atomic():
        _must_stand(rows)
        taught = _keep(theme, asdict(head), len(learned), len(tried), before, after, started)
    return _with_all(rows, theme, taught)


def _try(library: analyse.Library, codebook: Told, code: str, tried: Sequence[Correction]) -> Accuracy:
    if not tried:
        return Accuracy(None, None, None)
    rows = library.analyse(_texts(tried), codebook).to_pylist()
    seen = [any(theme["code"] == code for theme in row["themes"]) for row in rows]
    return accuracy([one.present for one in tried], seen)


def _texts(rows: Sequence[Correction]) -> list[str]:
    """As comments are read: without what is covered."""
    return [blanked(one.comment.text, personal_of(one.comment)) for one in rows]


def _must_stand(rows: Sequence[Correction]) -> None:
    """A correction that was taken back or changed during the learning, or went with an erased customer, has taught nothing: the work
    begins anew. While this job runs no other is made, so that nobody else would notice. The rows stay until the transaction ends."""
    lock_comments(Comment.objects.filter(pk__in=[one.comment_id for one in rows]), sharing_key=True)
    standing = Correction.objects.select_for_update().filter(pk__in=[one.pk for one in rows]).order_by("pk")
    if list(standing.values_list("pk", "made_at")) != [(one.pk, one.made_at) for one in rows]:
        raise Later


def _with_all(rows: Sequence[Correction], theme: CodebookTheme, taught: TaughtHead | None) -> TaughtHead | None:
    """``taught``, which is kept, if there are no more corrections than it was of."""
    made = Correction.objects.filter(organisation=theme.codebook.organisation, code=theme.code)
    if made.exclude(pk__in=[one.pk for one in rows]).exists():
        raise Later
    return taught


def _keep(
    theme: CodebookTheme, head: dict[str, Any], n: int, tried: int, before: Accuracy, after: Accuracy, at: datetime
) -> TaughtHead:
    """``at``: when the corrections were read; those made since are no part of it."""
    # Only the latest is ever used: the weights of older ones would keep what no correction says any more.
    _heads(theme).update(head={})
    taught = TaughtHead.objects.create(
        codebook=theme.codebook, code=theme.code, head=head, n=n, held_out=tried, at=at,
        f1_before=before.f1, low_before=before.low, high_before=before.high,
        f1_after=after.f1, low_after=after.low, high_after=after.high,
        used=tried >= TRIED and after.rank >= before.rank,
    )  # fmt: skip
    record(
        organisation=theme.codebook.organisation, actor=None, action="codebook.taught", about=theme, theme=theme.name,
        rows=n, used=taught.used,
    )  # fmt: skip
    return taught


def _heads(theme: CodebookTheme) -> QuerySet[TaughtHead]:
    return TaughtHead.objects.filter(codebook__organisation=theme.codebook.organisation, code=theme.code)


def _in_use(theme: CodebookTheme) -> bool:
    latest = _heads(theme).first()
    return latest is not None and latest.used


@transaction.atomic
def _unlearn(theme: CodebookTheme, n: int, tried: int) -> None:
    """The theme is as it was before it was taught. Of the teachings their figures stay, their weights go: those are made of comments.
    A teaching without any says from how few corrections (``n`` and, held out, ``tried``) nothing was learned."""
    was_used = _in_use(theme)
    _heads(theme).update(used=False, head={})
    if not was_used:
        return
    TaughtHead.objects.create(codebook=theme.codebook, code=theme.code, n=n, held_out=tried, at=timezone.now())
    record(
        organisation=theme.codebook.organisation, actor=None, action="codebook.unlearned", about=theme, theme=theme.name,
        rows=n,
    )  # fmt: skip


def forget(organisation_id: int) -> None:
    """Comments have gone: a theme that had learned from them unlearns it at once, and learns anew from what is left."""
    codebook = Codebook.objects.filter(organisation=organisation_id).select_related("organisation").first()
    heads = {} if codebook is None else heads_of(codebook)
    for theme in () if codebook is None else codebook.themes.filter(code__in=heads):
        taught = heads[theme.code]
        made = Correction.objects.filter(organisation=organisation_id, code=theme.code, made_at__lte=taught.at)
        learned, tried = made.filter(held_out=False).count(), made.filter(held_out=True).count()
        if learned < taught.n:
            _unlearn(theme, learned, tried)
        if learned < taught.n or tried < taught.held_out:
            teach_later(theme)
