"""Learning from corrections: in the background, tried on those held out, and used only when it does no worse there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from kapula.statistics.intervals import wilson
from kapula.text.codebook import Codebook as Told
from kapula_web.accounts.audit import record
from kapula_web.accounts.models import Organisation
from kapula_web.jobs.models import Job
from kapula_web.jobs.services import enqueue
from kapula_web.texts.access import theme_of
from kapula_web.texts.figures import CRITICAL
from kapula_web.texts.models import CodebookTheme, Correction, TaughtHead
from kapula_web.texts.selectors import as_library
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
    """Have the theme taught when there is enough to learn from."""
    organisation = theme.codebook.organisation
    if Correction.objects.filter(organisation=organisation, code=theme.code, held_out=False).count() < NEEDED:
        return None
    return enqueue(
        organisation=organisation, kind=TEACH, key=f"{TEACH}:{organisation.pk}:{theme.code}",
        run_after=timezone.now() + _GATHER, organisation_id=organisation.pk, code=theme.code,
    )  # fmt: skip


def teach(organisation: Organisation, code: str) -> TaughtHead | None:
    """Learn the theme anew from all its corrections; None when there are no longer enough."""
    theme = theme_of(organisation, code, retired=True)
    rows = list(
        Correction.objects.filter(organisation=organisation, code=code).select_related("comment").order_by("pk")
    )
    learned, tried = [one for one in rows if not one.held_out], [one for one in rows if one.held_out]
    if len(learned) < NEEDED or theme.retired_at is not None:
        return None
    library = analyse.library_behind()
    untaught = as_library(theme.codebook)
    untaught = replace(untaught, heads={one: head for one, head in untaught.heads.items() if one != code})
    head = library.teach(untaught, code, [one.comment.text for one in learned], [one.present for one in learned])
    before = _try(library, untaught, code, tried)
    after = _try(library, untaught.with_heads({code: head}), code, tried)
    return _keep(theme, asdict(head), len(learned), len(tried), before, after)


def _try(library: analyse.Library, codebook: Told, code: str, tried: Sequence[Correction]) -> Accuracy:
    if not tried:
        return Accuracy(None, None, None)
    rows = library.analyse([one.comment.text for one in tried], codebook).to_pylist()
    seen = [any(theme["code"] == code for theme in row["themes"]) for row in rows]
    return accuracy([one.present for one in tried], seen)


@transaction.atomic
def _keep(
    theme: CodebookTheme, head: dict[str, Any], n: int, tried: int, before: Accuracy, after: Accuracy
) -> TaughtHead:
    taught = TaughtHead.objects.create(
        codebook=theme.codebook, code=theme.code, head=head, n=n, held_out=tried, at=timezone.now(),
        f1_before=before.f1, low_before=before.low, high_before=before.high,
        f1_after=after.f1, low_after=after.low, high_after=after.high,
        used=tried >= TRIED and after.rank >= before.rank,
    )  # fmt: skip
    record(
        organisation=theme.codebook.organisation, actor=None, action="codebook.taught", about=theme, theme=theme.name,
        rows=n, used=taught.used,
    )  # fmt: skip
    return taught
