"""Comments that have been read, beside the answers they came with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kapula.schema import ANSWER_PREFIX
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.answers import remembered, row_of
from kapula_web.insights.analyses.contract import Data


def comments(data: Data, start: date | None = None, end: date | None = None) -> Any:
    """Customers' comments that have been read, with their answers' customer, day and ``answer_…`` columns."""
    said = data.desk.snapshot.table("comments")
    said = said.filter(said.analysed_with.notnull())
    answers = held.rows(data, start=start, end=end)
    names = ("channel", "segment")
    kept = [name for name in answers.columns if name.startswith(ANSWER_PREFIX) or name in names]
    answers = answers.select("customer", "occurred_on", *kept, response="id")
    return said.inner_join(answers, "response")


def themes_of_answers(data: Data) -> Any:
    """The themes of each answer's comments that have been read: ``response``, ``themes``."""
    said = data.desk.snapshot.table("comments")
    said = said.filter(said.analysed_with.notnull())
    return said.group_by("response").aggregate(themes=said.themes.collect().flatten())


def theme_names(data: Data) -> dict[str, str]:
    from kapula_web.texts.selectors import themes_of

    return data.once("theme_names", lambda: {one.code: str(one) for one in themes_of(data.organisation)})


def words_of(data: Data, dimensions: Mapping[str, str | Sequence[str]], within: tuple[date, date] | None = None) -> str:
    """The address of the comments of a theme, touchpoint, team, channel or segment; empty for what comments are not chosen by."""
    from kapula_web.texts.explorer.filters import DIMENSIONS, explorer_url

    if set(dimensions) - set(DIMENSIONS):
        return ""
    start, end = within or (None, None)
    return explorer_url(data.organisation, **dimensions, start=start, end=end)


def read_comments(data: Data) -> tuple[int, int]:
    """How many customers' comments have been read, and of how many it is known whether the matter was settled."""

    def count() -> dict[str, Any]:
        table = comments(data)
        return row_of(table.aggregate(read=table.count(), settled=table.resolved.count()))

    row = remembered(data, ("read_comments",), count)
    return int(row["read"] or 0), int(row["settled"] or 0)
