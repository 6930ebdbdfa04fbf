"""The comments of one page, as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kapula_web.kit import codes, dates, figures
from kapula_web.kit.words import in_language
from kapula_web.ledger.models import Comment, Question
from kapula_web.texts.explorer.filters import Filters
from kapula_web.texts.explorer.index import Question as Asked
from kapula_web.texts.explorer.marking import Mark, Piece, hits_of, pieces
from kapula_web.texts.explorer.names import Called
from kapula_web.texts.masking import personal_of

LONGEST: Final = 900
"""Characters of a comment seen at once; the rest opens below."""
REST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the comment. ``number``: that of its marks in the text; 0 when a person said it and no words show it."""

    number: int
    name: str
    tone: str
    hue: str
    sentiment: str
    query: str


@dataclass(frozen=True, slots=True)
class Item:
    """``pieces``: the beginning of the text; ``rest``: what is folded below it. ``signs``: (words, what they mean).
    ``hides``: personal data is covered. ``numbered``: the words show several themes, so each has a number."""

    comment: Comment
    day: str
    where: str
    score: str
    sentiment: str
    tone: str
    pieces: list[Piece]
    rest: list[Piece]
    themes: list[Theme]
    signs: list[tuple[str, str]]
    hides: bool
    numbered: bool = False

    @property
    def is_read(self) -> bool:
        return bool(self.sentiment)


def items(
    comments: Sequence[Comment], filters: Filters, called: Called, questions: Sequence[Question], asked: Asked | None
) -> list[Item]:
    """``comments`` with their response, its touchpoint and team, and their analysis with its mentions read."""
    return [_item(one, filters, called, questions, asked) for one in comments]


def score_of(comment: Comment, questions: Sequence[Question]) -> str:
    """ "Suosittelu 3/10": the first of the questions that was answered."""
    for question in questions:
        value = comment.response.answers.get(question.code)
        if isinstance(value, int | float):
            name = in_language(question.names) or question.code
            return f"{name} {figures.number(value)}/{figures.number(question.high)}"
    return ""


def tone_of(comment: Comment) -> str:
    """The sentiment's code; "unsure" when the machine abstained, empty when it has not read the comment."""
    analysis = getattr(comment, "analysis", None)
    return "" if analysis is None else "unsure" if analysis.abstained else str(analysis.sentiment)


def signs_of(comment: Comment) -> list[str]:
    """The codes of what is noteworthy in the comment."""
    analysis = getattr(comment, "analysis", None)
    if analysis is None:
        return []
    there = {
        "urgent": analysis.urgent,
        "churn_risk": analysis.churn_risk,
        "unresolved": analysis.resolved is False,
        "suggestion": analysis.suggestion,
    }
    return [code for code, present in there.items() if present]


def _item(
    comment: Comment, filters: Filters, called: Called, questions: Sequence[Question], asked: Asked | None
) -> Item:
    personal, text = personal_of(comment), comment.text[: LONGEST + REST]
    analysis = getattr(comment, "analysis", None)
    themes = _themes(comment, filters, called)
    numbers = {theme_code: number for number, theme_code in enumerate((code for code, _ in themes), start=1)}
    spans = [(one["code"], span) for one in analysis.themes for span in one["spans"]] if analysis else []
    told = dict(themes)
    marks = [
        Mark(start, end, numbers[code], told[code].hue, f"{told[code].name}: {told[code].tone}")
        for code, (start, end) in spans
        if code in numbers
    ]
    hits = hits_of(text, comment.language or (analysis.language if analysis else "fi"), asked) if asked else []
    shown, rest = _folded(pieces(text, personal, marks, hits))
    marked = {mark.number for mark in marks}
    tone = tone_of(comment)
    return Item(
        comment=comment,
        day=dates.date(comment.response.occurred_at),
        where=" · ".join(_where(comment, called)),
        score=score_of(comment, questions),
        sentiment=tone,
        tone=called.tone(tone) if tone else "",
        pieces=shown,
        rest=rest,
        themes=[_numbered(theme, numbers[code] if numbers[code] in marked else 0) for code, theme in themes],
        signs=[(codes.words("sign", one), codes.words("sign_meaning", one)) for one in signs_of(comment)]
        + ([(codes.words("comment_empathy", analysis.empathy), "")] if analysis and analysis.empathy else []),
        hides=bool(personal),
        numbered=len(marked) > 1,
    )


def _where(comment: Comment, called: Called) -> list[str]:
    response = comment.response
    parts = [str(response.touchpoint or ""), str(response.team or "")]
    parts += [
        called.value(name, getattr(response, name)) if getattr(response, name) else ""
        for name in ("channel", "segment")
    ]
    return [part for part in parts if part]


def _themes(comment: Comment, filters: Filters, called: Called) -> list[tuple[str, Theme]]:
    """As pages count them, people's corrections among them, in the codebook's order."""
    if getattr(comment, "analysis", None) is None:
        return []
    order = {code: place for place, code in enumerate(called.themes)}
    mentions = sorted(comment.analysis.mentions.all(), key=lambda one: (order.get(one.code, len(order)), one.code))
    return [
        (
            one.code,
            Theme(0, called.theme(one.code), called.tone(one.sentiment), called.hue(one.code), one.sentiment,
                  filters.query(values={**filters.values, "theme": (one.code,)})),
        )
        for one in mentions
    ]  # fmt: skip


def _numbered(theme: Theme, number: int) -> Theme:
    return Theme(number, theme.name, theme.tone, theme.hue, theme.sentiment, theme.query)


def _folded(every: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """What is seen at once, and the rest: cut between pieces, or inside one after a space."""
    seen: list[Piece] = []
    length = 0
    for place, piece in enumerate(every):
        if length + len(piece.text) > LONGEST and not piece.covered:
            cut = piece.text.rfind(" ", 0, max(LONGEST - length, 0)) + 1 or max(LONGEST - length, 0)
            first = Piece(piece.text[:cut], piece.marks, piece.hit)
            last = Piece(piece.text[cut:], piece.marks, piece.hit, ends=piece.ends)
            return [*seen, first], [last, *every[place + 1 :]]
        seen.append(piece)
        length += len(piece.text)
    return seen, []
