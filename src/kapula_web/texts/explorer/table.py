"""The comments chosen, as a file: personal data covered, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext

from kapula_web.insights.exports.csv_file import cell
from kapula_web.insights.words.periods import language
from kapula_web.kit import codes
from kapula_web.ledger.models import Comment
from kapula_web.texts.explorer.asking import View
from kapula_web.texts.explorer.items import score_of, signs_of, tone_of
from kapula_web.texts.explorer.names import Called
from kapula_web.texts.explorer.shelf import scored_questions
from kapula_web.texts.masking import masked

CHUNK: Final = 500


def rows(view: View) -> Iterator[str]:
    """The file, a stretch at a time. It begins with a mark that tells Excel it is UTF-8."""
    called, questions = Called.of(view.organisation), scored_questions(view.organisation)
    head = [called.group(name) for name in ("touchpoint", "team", "channel", "segment")]
    head = [gettext("Päivä"), *head, gettext("Arvosana"), gettext("Kommentti"), *(called.group(n) for n in _SAID)]
    yield "\ufeff" + _lines([head])
    for start in range(0, len(view.chosen), CHUNK):
        comments = view.comments(view.chosen.rows[start : start + CHUNK])
        yield _lines([[*_where(one, called), score_of(one, questions), *_said(one, called)] for one in comments])


_SAID: Final = ("sentiment", "theme", "emotion", "sign", "language")


def _where(comment: Comment, called: Called) -> list[str]:
    response = comment.response
    named = [
        called.value(name, getattr(response, name)) if getattr(response, name) else ""
        for name in ("channel", "segment")
    ]
    day = timezone.localdate(response.occurred_at).isoformat()  # as the page and the filters have it
    return [day, str(response.touchpoint or ""), str(response.team or ""), *named]


def _said(comment: Comment, called: Called) -> list[str]:
    text, tone = masked(comment), tone_of(comment)
    if not tone:
        return [text, "", "", "", "", ""]
    analysis = comment.analysis
    themes = [f"{called.theme(one.code)} ({called.tone(one.sentiment)})" for one in analysis.mentions.all()]
    return [
        text,
        called.tone(tone),
        ", ".join(themes),
        "" if analysis.emotion == "none" else called.value("emotion", analysis.emotion),
        ", ".join(codes.words("sign", one) for one in signs_of(comment)),
        called.value("language", analysis.language),
    ]


def _lines(found: list[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if language() == "en" else ";", lineterminator="\r\n")
    writer.writerows([cell(value, ",") for value in row] for row in found)
    return text.getvalue()
