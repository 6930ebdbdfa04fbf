"""A comment on a page: its words with the theme's evidence marked, and what is said of the theme by machine and people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext

from kapula.text.labels import SENTIMENTS
from kapula_web.kit import codes, dates
from kapula_web.ledger.models import Comment
from kapula_web.texts.models import CodebookTheme, CommentAnalysis, Correction
from kapula_web.texts.showing import Piece, pieces

LONGEST: Final = 1_200
"""Of a longer comment the beginning is shown on lists."""


@dataclass(frozen=True, slots=True)
class Label:
    """A theme on a comment. ``present``: as it now counts; ``machine``: what the machine said; ``by_person``: there is a correction."""

    theme: CodebookTheme
    present: bool
    sentiment: str
    machine: bool
    by_person: bool

    @property
    def sentiments(self) -> list[tuple[str, str]]:
        return [(code, codes.words("sentiment", code)) for code in SENTIMENTS]

    @property
    def words(self) -> str:
        """ "Odotusaika: kielteinen" or "Ei puhu tästä"."""
        if not self.present:
            return gettext("ei puhu tästä")
        return codes.words("sentiment", self.sentiment)


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment and one theme's label on it."""

    comment: Comment
    pieces: list[Piece]
    where: str
    label: Label


def shown(comments: Sequence[Comment], theme: CodebookTheme) -> list[Shown]:
    """``comments`` with their analysis, response, touchpoint and team read."""
    said = Correction.objects.filter(comment__in=comments, code=theme.code)
    by_comment = {one.comment_id: one for one in said}
    return [_shown(comment, theme, by_comment.get(comment.pk)) for comment in comments]


def labels_of(comment: Comment, themes: Sequence[CodebookTheme]) -> list[Label]:
    """Every theme's label on the comment, those present first."""
    said = {one.code: one for one in Correction.objects.filter(comment=comment)}
    found = [label_of(comment.analysis, theme, said.get(theme.code)) for theme in themes]
    return sorted(found, key=lambda label: not label.present)


def label_of(analysis: CommentAnalysis, theme: CodebookTheme, correction: Correction | None) -> Label:
    machine = told_by_machine(analysis, theme.code)
    sentiment = str(machine["sentiment"]) if machine else "neutral"
    if correction is None:
        return Label(theme, machine is not None, sentiment, machine is not None, False)
    return Label(theme, correction.present, correction.sentiment or sentiment, machine is not None, True)


def told_by_machine(analysis: CommentAnalysis, code: str) -> Mapping[str, Any] | None:
    return next((theme for theme in analysis.themes if theme["code"] == code), None)


def where_of(comment: Comment) -> str:
    """ "12.3.2026 · Puhelin · Turku"."""
    response = comment.response
    parts = [dates.date(response.occurred_at), str(response.touchpoint or ""), str(response.team or "")]
    return " · ".join(part for part in parts if part)


def _shown(comment: Comment, theme: CodebookTheme, correction: Correction | None) -> Shown:
    machine = told_by_machine(comment.analysis, theme.code)
    spans = [span for span in machine["spans"] if span[0] < LONGEST] if machine else []
    text = comment.text if len(comment.text) <= LONGEST else comment.text[:LONGEST] + "…"
    personal = [one for one in comment.analysis.pii if one["start"] < LONGEST]
    label = label_of(comment.analysis, theme, correction)
    return Shown(comment, pieces(text, personal, spans), where_of(comment), label)
