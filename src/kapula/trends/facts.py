"""The facts a page opens with: last against previous, the last weeks against those before, and against a year ago."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from kapula.results import Difference
from kapula.trends.comparability import Break
from kapula.trends.periods import is_full, label_of, next_start, period_start, year_before
from kapula.trends.prepare import Question
from kapula.trends.results import Summary, TrendPoint

WINDOWS: Final = {"day": 28, "week": 4, "month": 3, "quarter": 2, "year": 1}
"""How many periods are "lately"."""


def summarise(
    question: Question, points: Sequence[TrendPoint], states: Mapping[str, Any], breaks: Sequence[Break]
) -> Summary:
    """``states``: period label → the sums behind the figure (suppressed periods left out). A difference across a hard
    break is not given; across a soft one it carries the break's code. Figures that do not add up (a median) have no
    windows of several periods."""
    period, as_of = question.period, question.as_of
    full = [point.row.period or "" for point in points if point.full and point.row.value is not None]
    window = WINDOWS[period]
    if not full:
        return Summary(None, 0, window, None, None, None)
    last = full[-1]

    def compared(first: Sequence[str], second: Sequence[str]) -> Difference | None:
        if not question.kind.mergeable and len(second) > 1:
            return None
        one, two = _joined(states, first), _joined(states, second)
        if one is None or two is None:
            return None
        crossed = [found for found in breaks if first[0] < found.period <= second[-1]]
        if any(found.hard for found in crossed):
            return None
        difference = question.subtract(points[0].row.by, one, two, _name(first), _name(second))
        return _marked(difference, tuple(dict.fromkeys(found.code for found in crossed)))

    labels = [point.row.period or "" for point in points]
    at = labels.index(last)
    recent = labels[max(0, at - window + 1) : at + 1]
    before = labels[max(0, at - 2 * window + 1) : max(0, at - window + 1)]
    year_ago = [label for label in (year_before(label, period) for label in recent) if label in states]
    return Summary(
        last=last,
        silent=_silent(last, period, as_of),
        window=window,
        change=compared(full[-2:-1], [last]) if len(full) > 1 else None,
        window_change=compared(before, recent) if len(before) == window else None,
        year_change=compared(year_ago, recent) if len(year_ago) == len(recent) else None,
    )


def _joined(states: Mapping[str, Any], labels: Sequence[str]) -> Any:
    """The sums of several periods together; None when there are none."""
    found = [states[label] for label in labels if label in states]
    return functools.reduce(operator.add, found) if found else None


def _name(labels: Sequence[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{labels[0]}/{labels[-1]}"


def _silent(last: str, period: str, as_of: date) -> int:
    count, day = 0, next_start(period_start(last, period), period)
    while is_full(label_of(day, period), period, as_of):
        count, day = count + 1, next_start(day, period)
    return count


def _marked(difference: Difference | None, codes: tuple[str, ...]) -> Difference | None:
    if difference is None or not codes:
        return difference
    return replace(difference, warnings=(*difference.warnings, *codes))
