"""Writing what was read of some comments: one short transaction, however long the reading took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.utils import timezone

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.changes import changed
from kapula_web.ledger.comments import lock_comments
from kapula_web.ledger.models import Comment
from kapula_web.texts.models import CommentAnalysis, CommentEmbedding, CommentTheme, Correction
from kapula_web.texts.services.waiting import Waiting
from kapula_web.texts.vectors import packed

FIELDS: Final = (
    "language", "sentiment", "probability", "abstained", "intensity", "emotion", "dimensions", "themes", "resolved",
    "churn_risk", "urgent", "suggestion", "empathy", "pii",
)  # fmt: skip
CAN_WAIT: Final = timedelta(minutes=10)
"""How long figures may go without what was just read: each time they take it in, all of them are computed anew."""
_STRETCH: Final = 10_000


def keep(
    *,
    organisation: Organisation,
    read: Sequence[Waiting],
    table: Any,
    version: str,
    vectors: Any = None,
    embedded_by: str = "",
) -> int:
    """``table``: kapula.text.contract, a row for each of ``read``. ``vectors``: their embeddings, or None for those there are.

    Returns how many were kept: a comment that has gone meanwhile is left out. Keeping the same again changes nothing.
    """
    now = timezone.now()
    rows = table.to_pylist()
    with transaction.atomic():
        # Comments before what is kept of them (kapula_web.ledger.comments), or a word that a person says meanwhile would be lost too.
        there = set(lock_comments(Comment.objects.filter(pk__in=[one.comment for one in read])))
        kept = [(one, row) for one, row in zip(read, rows, strict=True) if one.comment in there]
        _analyses(organisation, {one.comment: row for one, row in kept}, version, now)
        if vectors is not None:
            pairs = [(one.comment, vector) for one, vector in zip(read, vectors, strict=True) if one.comment in there]
            _embeddings(organisation, pairs, embedded_by)
        name(organisation, [one.response for one, _ in kept], due_at=now + CAN_WAIT)
    return len(kept)


def name(organisation: Organisation, responses: Sequence[int], due_at: datetime | None = None) -> None:
    """Tell the snapshot whose comments are now read otherwise, so that a few far-apart ones do not name everything between."""
    stretches: dict[int, list[int]] = {}
    for one in responses:
        stretches.setdefault(one // _STRETCH, []).append(one)
    for ids in stretches.values():
        changed(organisation=organisation, table="comments", first_id=min(ids), last_id=max(ids), due_at=due_at)


def mentions_of(
    organisation: Organisation, comment: int, themes: Sequence[Mapping[str, Any]], corrections: Sequence[Correction]
) -> list[CommentTheme]:
    """The themes pages count: the machine's, and over them what people have said."""
    found = {str(theme["code"]): (str(theme["sentiment"]), False) for theme in themes}
    for one in corrections:
        if one.present:
            found[one.code] = (one.sentiment or found.get(one.code, ("neutral", True))[0], True)
        else:
            found.pop(one.code, None)
    return [
        CommentTheme(
            organisation=organisation, analysis_id=comment, code=code, sentiment=sentiment, corrected=by_person
        )
        for code, (sentiment, by_person) in found.items()
    ]


def _analyses(organisation: Organisation, rows: Mapping[int, Mapping[str, Any]], version: str, now: datetime) -> None:
    analyses = [
        CommentAnalysis(
            comment_id=comment, organisation=organisation, version=version, analysed_at=now,
            **{field: row[field] for field in FIELDS},
        )
        for comment, row in rows.items()
    ]  # fmt: skip
    CommentAnalysis.objects.bulk_create(
        analyses,
        update_conflicts=True,
        unique_fields=["comment"],
        update_fields=["organisation", "version", "analysed_at", *FIELDS],
    )
    said: dict[int, list[Correction]] = {}
    for one in Correction.objects.filter(comment__in=rows):
        said.setdefault(one.comment_id, []).append(one)
    CommentTheme.objects.filter(analysis__in=list(rows)).delete()
    CommentTheme.objects.bulk_create(
        mention
        for comment, row in rows.items()
        for mention in mentions_of(organisation, comment, row["themes"], said.get(comment, []))
    )


def _embeddings(organisation: Organisation, pairs: Sequence[tuple[int, np.ndarray[Any, Any]]], version: str) -> None:
    rows = []
    for comment, vector in pairs:
        data, scale = packed(vector)
        rows.append(
            CommentEmbedding(comment_id=comment, organisation=organisation, version=version, vector=data, scale=scale)
        )
    CommentEmbedding.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["comment"],
        update_fields=["organisation", "version", "vector", "scale"],
    )
