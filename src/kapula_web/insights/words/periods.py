"""Stretches of time and axis labels as people write them: "vk 44", "1.10.–28.10.2026". Whole names of periods are the kit's."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language, gettext

from kapula.trends.periods import period_start
from kapula_web.insights.figures.stretches import Stretch
from kapula_web.kit import dates


def tick(label: str) -> list[str]:
    """A period on an axis: short, with its year on the second line ("" for a year itself)."""
    if "-W" in label:
        return [dates.week(label, "short"), label[:4]]
    if "-Q" in label:
        return [f"Q{label[-1]}", label[:4]]
    if len(label) == 7:
        return [format_date(period_start(label, "month"), "LLL", locale=language()), label[:4]]
    if len(label) == 10:
        return [short_day(date.fromisoformat(label)), label[:4]]
    return [label, ""]


def short_day(when: date) -> str:
    return format_date(when, "d MMM" if language() == "en" else "d.M.", locale=language())


def stretch(span: Stretch) -> str:
    """From the first to the last day, the year once; whole ISO weeks also by their numbers."""
    if span.start == span.end:
        return dates.date(span.start)
    first = short_day(span.start) if span.start.year == span.end.year else dates.date(span.start)
    days = f"{first}–{dates.date(span.end)}"
    if span.start.weekday() == 0 and span.end.weekday() == 6 and (span.end - span.start).days <= 83:
        weeks = (span.start.isocalendar().week, span.end.isocalendar().week)
        if weeks[0] == weeks[1]:
            return gettext("viikko %(week)s (%(days)s)") % {"week": weeks[0], "days": days}
        return gettext("viikot %(first)s–%(last)s (%(days)s)") % {"first": weeks[0], "last": weeks[1], "days": days}
    return days


def language() -> str:
    """The page's language as Babel knows it."""
    code = (get_language() or "fi")[:2]
    return code if code in {"fi", "sv", "en"} else "fi"
