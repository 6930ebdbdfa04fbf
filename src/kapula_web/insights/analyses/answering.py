"""The answer as the page's template needs it: every part with its addresses."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from kapula_web.insights.analyses.contract import Part
from kapula_web.insights.analyses.lines import kept, kept_drawn, kept_part, kept_table
from kapula_web.insights.analyses.pictures import drawn
from kapula_web.insights.analyses.questions import Question
from kapula_web.insights.analyses.telling import command, method_lines, shown_of
from kapula_web.insights.models import AnalysisRun


def answer_of(question: Question, run: AnalysisRun) -> dict[str, Any]:
    """The answer and what it rests on."""
    told = shown_of(question, run.found)
    tables = list(told.tables)
    return {
        "answer": kept(told.shown.answer),
        "evidence": kept(told.shown.evidence),
        "enough": told.enough,
        "mend": told.mend,
        "have": told.have,
        "notes": kept(told.notes),
        "links": told.shown.links,
        "parts": [_part(question, part, tables) for part in told.shown.parts],
        "method": kept(method_lines(question, told.shown)),
        "command": command(question),
        "made_at": run.made_at,
    }


def _part(question: Question, part: Part, tables: list[Any]) -> dict[str, Any]:
    """A part with its addresses: of its picture in three forms and of its tables in two."""
    slug, name = question.data.organisation.slug, question.page.name

    def table(found: Any) -> dict[str, Any] | None:
        if found is None:
            return None
        number = tables.index(found) + 1
        hrefs = [
            (f"{reverse('insights:analysis_table', args=[slug, name, number, kind])}?{question.query}", label)
            for kind, label in (("csv", "CSV"), ("xlsx", "Excel"))
        ]
        return {"table": kept_table(found), "hrefs": hrefs}

    def picture(kind: str) -> str:
        assert part.picture is not None
        return f"{reverse('insights:analysis_picture', args=[slug, name, part.picture.code, kind])}?{question.query}"

    told: dict[str, Any] = {"part": kept_part(part), "table": table(part.table), "picture": None}
    if part.picture is not None:
        under = table(part.picture.table)
        hrefs = [*(under["hrefs"] if under else []), (picture("png"), "PNG"), (picture("svg"), "SVG")]
        told["picture"] = {
            "drawn": kept_drawn(drawn(part.picture)),
            "hrefs": hrefs,
            "spec": picture("json"),
            "table": under,
            "words": kept(part.picture.words),
        }
    return told
