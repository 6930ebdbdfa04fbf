"""How much each theme is spoken of, and in what tone. Shares of the comments that have been read, with Wilson's interval.

Staff's own comments are in none of these figures: they answered anonymously, and where one page counted them and another did not, the
difference would tell what they said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, QuerySet

from kapula.statistics.intervals import wilson
from kapula.statistics.laws import normal_quantile
from kapula.text.labels import SENTIMENTS
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Comment, Response
from kapula_web.texts.models import CommentAnalysis, CommentTheme

CRITICAL: Final = float(normal_quantile(0.975))
STAFF: Final = Response.Perspective.EMPLOYEE


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``n``, with its 95 % interval. ``told``: whether there are enough for it to be shown."""

    count: int
    n: int
    minimum_n: int

    @property
    def told(self) -> bool:
        return self.n >= max(self.minimum_n, 1)

    @property
    def value(self) -> float:
        return self.count / self.n if self.n else 0.0

    @property
    def low(self) -> float:
        return wilson(self.value, self.n, CRITICAL)[0]

    @property
    def high(self) -> float:
        return wilson(self.value, self.n, CRITICAL)[1]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A theme's share of the comments read, and of its mentions the share of each sentiment."""

    code: str
    share: Share
    sentiments: dict[str, Share]


def counted(organisation: Organisation) -> QuerySet[CommentAnalysis]:
    """The comments read that figures are of."""
    found = CommentAnalysis.objects.filter(organisation=organisation)
    return found.exclude(comment__response__perspective=STAFF)


def read_count(organisation: Organisation) -> int:
    return counted(organisation).count()


def comment_count(organisation: Organisation) -> int:
    """Read or not: what :func:`read_count` grows to."""
    found = Comment.objects.filter(response__organisation=organisation)
    return found.exclude(response__perspective=STAFF).count()


def spoken(organisation: Organisation) -> dict[str, Spoken]:
    """Theme → how it is spoken of; themes nobody has mentioned are not there."""
    n, least = read_count(organisation), organisation.minimum_n
    # Their ids found once: looking up the answer of each mention instead takes twice as long.
    staffs = Comment.objects.filter(response__organisation=organisation, response__perspective=STAFF).values("pk")
    said = CommentTheme.objects.filter(organisation=organisation).exclude(analysis__in=staffs)
    rows = said.values_list("code", "sentiment")
    counts: dict[str, dict[str, int]] = {}
    for code, sentiment, count in rows.annotate(n=Count("id")).order_by():
        counts.setdefault(code, {})[sentiment] = count
    return {code: _spoken(code, found, n, least) for code, found in counts.items()}


def unspoken(code: str, organisation: Organisation) -> Spoken:
    return _spoken(code, {}, read_count(organisation), organisation.minimum_n)


def _spoken(code: str, counts: dict[str, int], n: int, least: int) -> Spoken:
    total = sum(counts.values())
    shares = {sentiment: Share(counts.get(sentiment, 0), total, least) for sentiment in SENTIMENTS}
    return Spoken(code, Share(total, n, least), shares)
