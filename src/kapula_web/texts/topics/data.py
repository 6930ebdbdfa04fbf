"""An organisation's comments as the library's tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
from django.utils import timezone

from kapula.text.shares import ErrorRates
from kapula_web.accounts.models import Organisation, Team
from kapula_web.kit import codes
from kapula_web.kit.words import in_language
from kapula_web.ledger.models import Comment, Response, Touchpoint
from kapula_web.texts.explorer.shelf import BANDS, shelf_of
from kapula_web.texts.models import CommentAnalysis, CommentTheme, Correction
from kapula_web.texts.selectors import embeddings

MOST_SEARCHED: Final = 20_000
"""The newest comments in which themes are sought."""
PLACES: Final = {"touchpoint": "response__touchpoint__code", "team": "response__team__code"}
SCORE: Final = "score"
GROUPS: Final = (*PLACES, SCORE)
"""What shares are compared by; scores in the explorer's bands."""


@dataclass(frozen=True, slots=True)
class Read:
    """Comments in one order. ``themes``: the contract's, as the machine said."""

    ids: list[int]
    texts: list[str]
    days: list[date]
    languages: list[str]
    themes: list[list[dict[str, Any]]]
    vectors: Any


def searched(organisation: Organisation) -> Read:
    """The newest comments that have been read and embedded, the oldest first; staff's own are not among them."""
    rows = Comment.objects.filter(response__organisation=organisation, analysis__isnull=False, embedding__isnull=False)
    rows = rows.exclude(response__perspective=Response.Perspective.EMPLOYEE).order_by("-response__occurred_at", "-pk")
    found = list(
        rows.values_list("pk", "text", "response__occurred_at", "analysis__language", "analysis__themes")[
            :MOST_SEARCHED
        ]
    )[::-1]
    ids, vectors = embeddings(organisation, [row[0] for row in found])
    place = {comment: index for index, comment in enumerate(ids)}
    kept = [row for row in found if row[0] in place]
    return Read(
        [row[0] for row in kept],
        [row[1] for row in kept],
        [timezone.localdate(row[2]) for row in kept],
        [row[3] for row in kept],
        [row[4] for row in kept],
        vectors[[place[row[0]] for row in kept]] if kept else vectors,
    )


def labelled(organisation: Organisation) -> pa.Table:
    """A row a comment: its themes (people's corrections hold), day, customer, version and groups, as kapula.text.shares reads them."""
    analyses = CommentAnalysis.objects.filter(organisation=organisation)
    analyses = analyses.exclude(comment__response__perspective=Response.Perspective.EMPLOYEE).order_by("pk")
    rows = list(
        analyses.values_list(
            "pk", "version", "sentiment", "comment__response__occurred_at", "comment__response__customer",
            *(f"comment__{path}" for path in PLACES.values()),
        )
    )  # fmt: skip
    said: dict[int, list[str]] = {row[0]: [] for row in rows}
    for comment, code in CommentTheme.objects.filter(organisation=organisation).values_list("analysis_id", "code"):
        if comment in said:
            said[comment].append(code)
    columns: dict[str, Any] = {
        "comment": pa.array([row[0] for row in rows], pa.int64()),
        "themes": pa.array([sorted(said[row[0]]) for row in rows], pa.list_(pa.string())),
        "version": pa.array([row[1] for row in rows], pa.string()),
        "sentiment": pa.array([row[2] for row in rows], pa.string()),
        "day": pa.array([timezone.localdate(row[3]) for row in rows], pa.date32()),
        "customer": pa.array([row[4] or None for row in rows], pa.string()),
    }
    for place, name in enumerate(PLACES, start=5):
        columns[name] = pa.array([row[place] for row in rows], pa.string())
    columns[SCORE] = _bands(organisation, [row[0] for row in rows])
    return pa.table(columns)


def _bands(organisation: Organisation, comments: list[int]) -> pa.Array:
    """The band of the score each comment came with; null where no score did."""
    shelf = shelf_of(organisation)
    column, rows = shelf.columns[SCORE], shelf.rows_of(np.array(comments, np.int64))
    places = [int(column.codes[row]) if row >= 0 else -1 for row in rows]
    return pa.array([column.values[place] if place >= 0 else None for place in places], pa.string())


def error_rates(organisation: Organisation) -> dict[str, ErrorRates]:
    """Theme → how often the machine errs, by the corrections that were held out of its learning."""
    found: dict[str, list[tuple[bool, bool]]] = {}
    rows = Correction.objects.filter(organisation=organisation, held_out=True, comment__analysis__isnull=False)
    for code, present, themes in rows.values_list("code", "present", "comment__analysis__themes"):
        found.setdefault(code, []).append((present, any(theme["code"] == code for theme in themes)))
    return {
        code: ErrorRates.of_labels([one for one, _ in pairs], [one for _, one in pairs])
        for code, pairs in found.items()
    }


def group_names(organisation: Organisation, by: str) -> dict[str, str]:
    """The codes of touchpoints, teams or bands of score as the page's language calls them."""
    if by == SCORE:
        return {band: codes.words("score_band", band) for band in BANDS}
    if by == "team":
        return dict(Team.objects.filter(organisation=organisation).values_list("code", "name"))
    rows = Touchpoint.objects.filter(organisation=organisation).values_list("code", "names")
    return {code: in_language(names) or code for code, names in rows}
