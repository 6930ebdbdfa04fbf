"""An organisation's comments as the library's tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
from django.db.models import Count
from django.utils import timezone

from kapula.text.shares import StratifiedRates
from kapula_web.accounts.models import Organisation, Team
from kapula_web.kit import codes
from kapula_web.kit.words import in_language
from kapula_web.ledger.models import Comment, Response, Touchpoint
from kapula_web.texts.explorer.shelf import BANDS, shelf_of
from kapula_web.texts.models import CommentAnalysis, CommentEmbedding, CommentTheme, Correction, TaughtHead
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


def versions_of_one_model(organisation: Organisation) -> list[str]:
    """The versions by which comments were embedded, of the model that embedded the most of them, the commonest first: while comments are
    being read again by another model, the two models' embeddings cannot be compared."""
    from kapula.text.reading import model_of  # brings the networks with it

    rows = CommentEmbedding.objects.filter(organisation=organisation).values_list("version").annotate(n=Count("pk"))
    counts = dict(rows.order_by("-n", "version"))
    models: dict[str, int] = {}
    for version, n in counts.items():
        models[model_of(version)] = models.get(model_of(version), 0) + n
    chosen = max(models, key=lambda model: models[model], default="")
    return [version for version in counts if model_of(version) == chosen]


def searched(organisation: Organisation, versions: Collection[str]) -> Read:
    """The newest comments that have been read, and embedded by one of the versions, the oldest first; staff's own are not among them."""
    rows = Comment.objects.filter(response__organisation=organisation, analysis__isnull=False)
    rows = rows.filter(embedding__version__in=versions)
    rows = rows.exclude(response__perspective=Response.Perspective.EMPLOYEE).order_by("-response__occurred_at", "-pk")
    found = list(
        rows.values_list("pk", "text", "response__occurred_at", "analysis__language", "analysis__themes")[
            :MOST_SEARCHED
        ]
    )[::-1]
    ids, vectors = embeddings(organisation, [row[0] for row in found], versions)
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
    """A row a comment: its themes, day, customer, version and groups, as kapula.text.shares reads them.

    People's corrections hold, but for themes whose errors are measured: their shares are corrected as a whole, and what people mended
    among them would be mended twice.
    """
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
    for comment, code, machines in _unmended(organisation):
        if comment in said:
            said[comment] = [*({*said[comment]} - {code}), *([code] if machines else [])]
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


def machines_own(organisation: Organisation, code: str) -> dict[int, bool] | None:
    """Comment → whether the machine named the theme, where a person has said: what its error rates are of. None where the errors are not
    measured, and what people said holds."""
    if code not in _measured(organisation):
        return None
    return {comment: named for comment, theme, named in _unmended(organisation) if theme == code}


def _measured(organisation: Organisation) -> list[str]:
    return [code for code, rates in error_rates(organisation).items() if rates.usable]


def _unmended(organisation: Organisation) -> list[tuple[int, str, bool]]:
    """(Comment, theme, whether the machine named it), of the corrections of themes whose errors are measured."""
    measured = _measured(organisation)
    rows = Correction.objects.filter(organisation=organisation, code__in=measured, comment__analysis__isnull=False)
    found = rows.values_list("comment_id", "code", "comment__analysis__themes")
    return [(comment, code, any(theme["code"] == code for theme in themes)) for comment, code, themes in found]


def _bands(organisation: Organisation, comments: list[int]) -> pa.Array:
    """The band of the score each comment came with; null where no score did."""
    shelf = shelf_of(organisation)
    column, rows = shelf.columns[SCORE], shelf.rows_of(np.array(comments, np.int64))
    places = [int(column.codes[row]) if row >= 0 else -1 for row in rows]
    return pa.array([column.values[place] if place >= 0 else None for place in places], pa.string())


def error_rates(organisation: Organisation) -> dict[str, StratifiedRates]:
    """Theme → how often the machine errs, by the comments people checked in the order of chance. Where corrections have taught it the
    theme, only by those held out of its learning; what people came upon by themselves is no sample, and is left out."""
    taught = TaughtHead.objects.filter(codebook__organisation=organisation, used=True).values_list("code", flat=True)
    rows = Correction.objects.filter(organisation=organisation, comment__analysis__isnull=False).exclude(drawn="")
    rows = rows.exclude(held_out=False, code__in=set(taught))
    found: dict[str, list[tuple[bool, bool, bool, float]]] = {}
    for code, present, themes, drawn, share in rows.values_list(
        "code", "present", "comment__analysis__themes", "drawn", "drawn_share"
    ):
        said = any(theme["code"] == code for theme in themes)
        found.setdefault(code, []).append((present, said, drawn == Correction.Drawn.NAMED, share or 0.0))
    return {code: _rates(checked) for code, checked in found.items() if len({one[2] for one in checked}) == 2}


def _rates(checked: Sequence[tuple[bool, bool, bool, float]]) -> StratifiedRates:
    truth, said, named, shares = zip(*checked, strict=True)
    return StratifiedRates.of_labels(truth, said, named, float(np.mean(shares)))


def group_names(organisation: Organisation, by: str) -> dict[str, str]:
    """The codes of touchpoints, teams or bands of score as the page's language calls them."""
    if by == SCORE:
        return {band: codes.words("score_band", band) for band in BANDS}
    if by == "team":
        return dict(Team.objects.filter(organisation=organisation).values_list("code", "name"))
    rows = Touchpoint.objects.filter(organisation=organisation).values_list("code", "names")
    return {code: in_language(names) or code for code, names in rows}
