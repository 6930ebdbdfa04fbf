"""Stretches of time a page speaks of: the range it draws, the latest whole stretch ("now") and the one it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kapula.trends.periods import label_of, next_start, period_start
from kapula_web.insights.figures.view import RANGES, View

NOW_PERIODS: Final[dict[str, int]] = {"day": 28, "week": 4, "month": 3, "quarter": 2, "year": 1}
"""How many whole periods "now" is made of, by the length of a period: enough answers to say something, few enough to be news."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def before(self, days: int) -> Stretch:
        return Stretch(self.start - timedelta(days=days), self.end - timedelta(days=days))


def begin(day: date, period: str) -> date:
    """The first day of the period a day lies in."""
    return period_start(label_of(day, period), period)


def back(start: date, period: str, count: int) -> date:
    """The first day of the period ``count`` periods before the one that begins on ``start``."""
    for _ in range(count):
        start = begin(start - timedelta(days=1), period)
    return start


def now_and_before(last: date, period: str, today: date) -> tuple[Stretch, Stretch]:
    """The latest whole periods and as many before them. ``last``: the last day there is data for. Its period is whole when the day
    ends it, or when it had ended before ``today``: an office that is closed at the weekend has whole weeks too."""
    start = begin(last, period)
    end = next_start(start, period) - timedelta(days=1)
    if last < end and end >= today:
        start = back(start, period, 1)
    end = next_start(start, period)
    count = NOW_PERIODS[period]
    first = back(end, period, count)
    earlier = back(first, period, count)
    day = timedelta(days=1)
    return Stretch(first, end - day), Stretch(earlier, first - day)


def year_earlier(now: Stretch, period: str) -> Stretch:
    """The same stretch a year before: for days and weeks 52 weeks back, so that weekdays match."""
    if period in {"day", "week"}:
        return now.before(364)
    return Stretch(
        _year_back(now.start),
        next_start(begin(_year_back(now.end - timedelta(days=27)), "month"), "month") - timedelta(days=1),
    )


def _year_back(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def shown(view: View, first: date | None, last: date) -> Stretch:
    """The range drawn. It begins at the beginning of a period, so that no first figure is cut."""
    if view.start and view.end:
        return Stretch(view.start, view.end)
    length = RANGES.get(view.range)
    if length is None:
        return Stretch(begin(first or last, view.period), last)
    start = begin(last - timedelta(days=length - 1), view.period)
    return Stretch(max(start, begin(first, view.period)) if first else start, last)


def compared(view: View, last: date, today: date) -> tuple[Stretch, Stretch]:
    """(earlier, later): the two stretches whose difference the page gives."""
    if view.compare == "own" and view.first and view.second:
        return Stretch(*view.first), Stretch(*view.second)
    now, before = now_and_before(last, view.period, today)
    return (year_earlier(now, view.period) if view.compare == "year" else before), now
