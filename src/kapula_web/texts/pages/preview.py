"""What a theme as it is now written would do to past comments, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext, ngettext

from kapula.errors import KapulaError
from kapula_web.accounts.models import Membership
from kapula_web.kit import figures
from kapula_web.kit.errors import worded_error
from kapula_web.ledger.models import Comment
from kapula_web.texts.access import visible_comments
from kapula_web.texts.figures import Share
from kapula_web.texts.models import Codebook, CodebookTheme
from kapula_web.texts.pages.codebook import digits_of
from kapula_web.texts.pages.comment import LONGEST, where_of
from kapula_web.texts.services.previewing import Trial, trial
from kapula_web.texts.showing import pieces

SHOWN: Final = 8
DRAFT: Final = "draft"
"""The code of a theme that has none yet."""


def preview_of(membership: Membership, theme: CodebookTheme | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    """``theme``: the one that is being changed, None for a new one; ``fields``: as the form has them."""
    book = theme.codebook if theme is not None else Codebook(organisation=membership.organisation)
    draft = CodebookTheme(codebook=book, code=theme.code if theme else DRAFT, **fields)
    draft.threshold = theme.threshold if theme else None
    comments = visible_comments(membership).select_related("analysis", "response__touchpoint", "response__team")
    try:
        tried = trial(comments, theme, draft)
    except KapulaError as error:
        return {"answer": gettext("Kokeilu ei onnistunut."), "evidence": worded_error(error)}
    if not tried.n:
        return {"answer": gettext("Luettuja kommentteja ei vielä ole."), "evidence": ""}
    return {
        "answer": _answer(tried, new=theme is None),
        "evidence": _evidence(tried),
        "gained": _rows(tried.gained),
        "lost": _rows(tried.lost),
        "gained_more": max(len(tried.gained) - SHOWN, 0),
        "lost_more": max(len(tried.lost) - SHOWN, 0),
    }


def _answer(tried: Trial, *, new: bool) -> str:
    after = Share(tried.after, tried.n, 1)
    told = figures.percent(after.value, digits_of(after))
    if new:
        text = ngettext("Teeman saisi %(n)s kommentti", "Teeman saisi %(n)s kommenttia", tried.after)
        return gettext("%(text)s: %(share)s otoksesta.") % {"text": text % {"n": tried.after}, "share": told}
    if not tried.gained and not tried.lost:
        return gettext("Mikään otoksen kommenteista ei muuttuisi.")
    gained = ngettext("%(n)s kommentti saisi teeman", "%(n)s kommenttia saisi teeman", len(tried.gained))
    lost = ngettext("%(n)s menettäisi sen", "%(n)s menettäisi sen", len(tried.lost))
    return f"{gained % {'n': len(tried.gained)}}, {lost % {'n': len(tried.lost)}}."


def _evidence(tried: Trial) -> str:
    before, after = Share(tried.before, tried.n, 1), Share(tried.after, tried.n, 1)
    told = {
        "n": figures.number(tried.n, 0),
        "before": figures.percent(before.value, digits_of(before)),
        "after": figures.percent(after.value, digits_of(after)),
        "interval": figures.interval(after.low, after.high, "share", digits_of(after)),
    }
    return gettext("Satunnainen otos, n = %(n)s. Osuus nyt %(before)s, näin %(after)s (%(interval)s).") % told


def _rows(found: Sequence[tuple[Comment, list[list[int]]]]) -> list[dict[str, Any]]:
    rows = []
    for comment, spans in found[:SHOWN]:
        text = comment.text if len(comment.text) <= LONGEST else comment.text[:LONGEST] + "…"
        rows.append({"pieces": pieces(text, comment.analysis.pii, spans), "where": where_of(comment)})
    return rows
