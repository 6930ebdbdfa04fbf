"""Which comments wait to be read: first those never read, the newest before the older; then those read by the oldest version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max, Min

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Comment
from kapula_web.texts.models import CommentAnalysis


@dataclass(frozen=True, slots=True)
class Waiting:
    comment: int
    response: int
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """``total``: comments there are; ``done``: those read by the version asked about; ``read``: by any version."""

    total: int
    done: int
    read: int

    @property
    def left(self) -> int:
        return max(self.total - self.done, 0)


def standing(organisation: Organisation, version: str) -> Standing:
    analyses = CommentAnalysis.objects.filter(organisation=organisation)
    total = Comment.objects.filter(response__organisation=organisation).count()
    return Standing(total, analyses.filter(version=version).count(), analyses.count())


def batches(organisation: Organisation, version: str, size: int) -> Iterator[list[Waiting]]:
    """Comments that wait, some at a time. What is taken in must be kept before the next are asked for."""
    before = None
    while found := _unread(organisation, size, before):
        yield found
        before = found[-1].comment
    others = CommentAnalysis.objects.filter(organisation=organisation).exclude(version=version)
    for old in others.values("version").annotate(since=Min("analysed_at")).order_by("since").values_list("version"):
        while found := _read_by(organisation, old[0], size):
            yield found


def anything(organisation: Organisation, version: str) -> bool:
    return next(batches(organisation, version, 1), None) is not None


def newest() -> int:
    """The last comment's id, whoever's it is: while it stands, no comment can have come in."""
    return Comment.objects.aggregate(last=Max("pk"))["last"] or 0


def _unread(organisation: Organisation, size: int, before: int | None) -> list[Waiting]:
    # The plus keeps the planner from walking the organisation's whole index: the comments' ids are the short way.
    earlier = "" if before is None else "and c.id < %s "
    sql = (
        "select c.id, c.response_id, c.text from ledger_comment c join ledger_response r on r.id = c.response_id "
        "left join texts_commentanalysis a on a.comment_id = c.id "
        f"where a.comment_id is null and +r.organisation_id = %s {earlier}order by c.id desc limit %s"
    )
    given = [organisation.pk, *([] if before is None else [before]), size]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [Waiting(*row) for row in cursor.fetchall()]


def _read_by(organisation: Organisation, version: str, size: int) -> list[Waiting]:
    rows = Comment.objects.filter(analysis__organisation=organisation, analysis__version=version)
    return [Waiting(*row) for row in rows.values_list("pk", "response_id", "text")[:size]]
