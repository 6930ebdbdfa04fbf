"""How past comments would be coded by a theme as it is being written: tried on a sample, kept nowhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from kapula.text.codebook import Codebook as Told
from kapula_web.ledger.models import Comment
from kapula_web.texts.masking import blanked, personal_of
from kapula_web.texts.models import CodebookTheme
from kapula_web.texts.pages.comment import told_by_machine
from kapula_web.texts.selectors import as_theme, told_of
from kapula_web.texts.services import analyse
from kapula_web.texts.services.checking import by_chance

SAMPLE: Final = 400
"""Comments tried, as many as there is time for."""
STEP: Final = 50
PATIENCE: Final = 10.0
"""Seconds after which no more are read: a person looks on, and other work behind pages waits."""


@dataclass(frozen=True, slots=True)
class Trial:
    """``before`` and ``after``: how many of ``n`` comments the theme has. ``gained`` and ``lost``: comments whose label changes, with the
    words that show the theme."""

    n: int
    before: int
    after: int
    gained: list[tuple[Comment, list[list[int]]]]
    lost: list[tuple[Comment, list[list[int]]]]


def trial(
    comments: QuerySet[Comment],
    theme: CodebookTheme | None,
    draft: CodebookTheme,
    clock: Callable[[], float] = time.monotonic,
) -> Trial:
    """``theme``: the one that is being changed, None for a new one; ``draft``: as it is now written.

    The comments come in an order of chance, so that those read when time is up are a random sample too.
    """
    rows = list(comments.filter(analysis__isnull=False).order_by(by_chance())[:SAMPLE])
    if not rows:
        return Trial(0, 0, 0, [], [])
    heads = told_of(draft.codebook.organisation).heads if theme is not None else {}
    told = Told((as_theme(draft),), {code: head for code, head in heads.items() if code == draft.code})
    found = _read([blanked(one.text, personal_of(one)) for one in rows], told, clock)
    rows = rows[: len(found)]
    gained, lost, before, after = [], [], 0, 0
    for comment, row in zip(rows, found, strict=True):
        was = told_by_machine(comment.analysis, theme.code) if theme is not None else None
        now: Mapping[str, Any] | None = next((one for one in row["themes"] if one["code"] == draft.code), None)
        before, after = before + (was is not None), after + (now is not None)
        if now is not None and was is None:
            gained.append((comment, now["spans"]))
        elif was is not None and now is None:
            lost.append((comment, was["spans"]))
    return Trial(len(rows), before, after, gained, lost)


def _read(texts: list[str], told: Told, clock: Callable[[], float]) -> list[dict[str, Any]]:
    """What each says, from the first on, for as long as there is time; STEP of them at least."""
    library, until = analyse.library(), clock() + PATIENCE
    found: list[dict[str, Any]] = []
    while len(found) < len(texts) and (not found or clock() < until):
        found += library.analyse(texts[len(found) : len(found) + STEP], told).to_pylist()
    return found
