"""Which comments are worth a person's look: half of them named by the machine, half not, in an order nobody chose.

An order by chance, the same each time: what people then agree with and what they correct measures the machine fairly, which a list
of its mistakes alone would not. Which half a comment was drawn from is kept with the answer, as the halves are not of the size they have
among all comments (:class:`kapula.text.shares.StratifiedRates`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Combinable

from kapula_web.ledger.models import Comment
from kapula_web.texts.models import CodebookTheme, CommentTheme

_PRIME: Final = 1_000_003
_STEP: Final = 7_919
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Draw:
    """How a comment came to be checked: among those the machine had named (or not), when ``share`` of those waiting were named."""

    named: bool
    share: float


def to_check(comments: QuerySet[Comment], theme: CodebookTheme) -> QuerySet[Comment]:
    """At most 200 of ``comments`` that nobody has judged for ``theme``, named and unnamed in turn."""
    first, second = (
        list(some.order_by(by_chance()).values_list("pk", flat=True)[: MOST // 2]) for some in _halves(comments, theme)
    )
    places = {pk: 2 * place for place, pk in enumerate(first)} | {pk: 2 * place + 1 for place, pk in enumerate(second)}
    order = Case(*(When(pk=pk, then=Value(place)) for pk, place in places.items()), output_field=IntegerField())
    return comments.filter(pk__in=places).order_by(order) if places else comments.none()


def draw_of(comments: QuerySet[Comment], theme: CodebookTheme, comment: Comment) -> Draw | None:
    """How ``comment`` was drawn for the list of :func:`to_check`; None when it is not on it. ``comments``: as the list was made of."""
    if not to_check(comments, theme).filter(pk=comment.pk).exists():
        return None
    named, unnamed = _halves(comments, theme)
    count = named.count()
    return Draw(named.filter(pk=comment.pk).exists(), count / (count + unnamed.count()))


def _halves(comments: QuerySet[Comment], theme: CodebookTheme) -> tuple[QuerySet[Comment], QuerySet[Comment]]:
    waiting = comments.exclude(theme_corrections__code=theme.code)
    named = CommentTheme.objects.filter(organisation=theme.codebook.organisation, code=theme.code).values("analysis")
    return waiting.filter(pk__in=named), waiting.exclude(pk__in=named)


def by_chance() -> Combinable:
    """A shuffle of the ids that needs no random number: multiplied and folded by a prime."""
    return (F("pk") * _STEP) % _PRIME
