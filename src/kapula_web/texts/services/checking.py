"""Which comments are worth a person's look: half of them named by the machine, half not, in an order nobody chose.

An order by chance, the same each time: what people then agree with and what they correct measures the machine fairly, which a list
of its mistakes alone would not.
"""

from __future__ import annotations

from typing import Final

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Combinable

from kapula_web.ledger.models import Comment
from kapula_web.texts.models import CodebookTheme, CommentTheme

_PRIME: Final = 1_000_003
_STEP: Final = 7_919
MOST: Final = 200


def to_check(comments: QuerySet[Comment], theme: CodebookTheme) -> QuerySet[Comment]:
    """At most 200 of ``comments`` that nobody has judged for ``theme``, named and unnamed in turn."""
    waiting = comments.exclude(theme_corrections__code=theme.code)
    named = CommentTheme.objects.filter(organisation=theme.codebook.organisation, code=theme.code).values("analysis")
    first = list(waiting.filter(pk__in=named).order_by(by_chance()).values_list("pk", flat=True)[: MOST // 2])
    second = list(waiting.exclude(pk__in=named).order_by(by_chance()).values_list("pk", flat=True)[: MOST // 2])
    places = {pk: 2 * place for place, pk in enumerate(first)} | {pk: 2 * place + 1 for place, pk in enumerate(second)}
    order = Case(*(When(pk=pk, then=Value(place)) for pk, place in places.items()), output_field=IntegerField())
    return comments.filter(pk__in=places).order_by(order) if places else comments.none()


def by_chance() -> Combinable:
    """A shuffle of the ids that needs no random number: multiplied and folded by a prime."""
    return (F("pk") * _STEP) % _PRIME
