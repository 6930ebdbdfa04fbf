"""From a figure to the words behind it: the one place that knows which comments a theme, a question, a group or a period leads to.

A text that leads somewhere is :class:`Linked`; the frame makes it a link only for those who may read comments. Where comments cannot be
chosen by what a figure is about, its text stays a text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from kapula.errors import KapulaError
from kapula.schema import ANSWER_PREFIX, PERIODS
from kapula.tables import fetch
from kapula.trends.periods import period_end, period_start
from kapula_web.insights.analyses.answers import remembered
from kapula_web.insights.analyses.commented import words_of
from kapula_web.insights.analyses.contract import Data, Linked
from kapula_web.insights.analyses.operational import PREFIX as SERIES
from kapula_web.insights.analyses.themes import PREFIX as THEME
from kapula_web.texts.explorer.filters import stretch_of

Within = tuple[date, date] | None
Where = Mapping[str, str | Sequence[str]]
LOW: Final = "low"
NOTHING: Final[Where] = {}


def linked(data: Data, text: object, about: Mapping[str, Any], within: Within = None, also: Where = NOTHING) -> Linked:
    """``text`` leading to the comments of ``about``: dimension → value or values. A group without a value is none that comments are chosen
    by. ``also``: what the answers were narrowed by, if anything."""
    known = bool(about) and all(about.values())
    return Linked(str(text), words_of(data, {**chosen(also), **about}, within) if known else "")


def in_period(data: Data, text: object, period: str, also: Where = NOTHING) -> Linked:
    """``text`` leading to the comments of a period."""
    within = days_of(period)
    return Linked(str(text), words_of(data, chosen(also), within) if within else "")


def of_column(data: Data, column: str, outcome: str, within: Within = None, also: Where = NOTHING) -> str:
    """The address behind a column of answers joined with others: who spoke of the theme; who answered the question low; of an operational
    figure those who gave the outcome a low answer, at the touchpoints that it is measured at."""
    rest = chosen(also)
    if column.startswith(THEME):
        return words_of(data, {**rest, "theme": column.removeprefix(THEME)}, within)
    if column.startswith(ANSWER_PREFIX):
        low = answered(data, column, LOW)
        return words_of(data, {**rest, **low}, within) if low else ""
    if column.startswith(SERIES):
        places = _places(data).get(column.removeprefix(SERIES), [])
        about = {**answered(data, outcome, LOW), **({"touchpoint": places} if places else {}), **rest}
        return words_of(data, about, within) if {"answer", "touchpoint"} & set(about) else ""
    return ""


def answered(data: Data, column: str, band: str = "") -> dict[str, str]:
    """Those who answered a question, or answered it in a band of its scale; nothing for a question without a scale."""
    code = column.removeprefix(ANSWER_PREFIX)
    if not column.startswith(ANSWER_PREFIX) or code not in _rated(data):
        return {}
    return {"answer": f"{code}:{band}" if band else code}


def chosen(where: Where) -> dict[str, str | Sequence[str]]:
    return {name: value for name, value in where.items() if value}


def days_of(period: str) -> Within:
    """The first and last day of a period by its label, whatever its length; None for what is no period."""
    for grain in PERIODS:
        with suppress(KapulaError):
            return period_start(period, grain), period_end(period, grain)
    return None


def during(*labels: str) -> tuple[Within, dict[str, list[str]]]:
    """What chooses the comments of several stretches ("2025-01-01/2025-03-31") and none from between: the days from the first to the last
    where each begins when the one before has ended, else no days and the stretches themselves."""
    days = sorted(stretch for label in labels if (stretch := stretch_of(label)))
    if not days or len(days) < len(labels):
        return None, {}
    if all(later[0] <= earlier[1] + timedelta(days=1) for earlier, later in pairwise(days)):
        return (days[0][0], max(end for _start, end in days)), {}
    return None, {"days": [f"{start}/{end}" for start, end in days]}


def _rated(data: Data) -> set[str]:
    from kapula_web.texts.explorer.shelf import rated_questions

    found: set[str] = data.once("rated questions", lambda: {one.code for one in rated_questions(data.organisation)})
    return found


def _places(data: Data) -> dict[str, list[str]]:
    """Series → the touchpoints it is measured at."""

    def ask() -> list[dict[str, Any]]:
        table = data.desk.snapshot.table("observations")
        rows = fetch(table.filter(table.touchpoint.notnull()).select("measure", "touchpoint").distinct())
        return list(rows.to_pylist())

    found: dict[str, list[str]] = {}
    for row in sorted(remembered(data, ("places of series",), ask), key=lambda row: str(row["touchpoint"])):
        found.setdefault(str(row["measure"]), []).append(str(row["touchpoint"]))
    return found
