"""Dates, weeks and periods in words, as the people of the language write them."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def date(value: dt.date | dt.datetime | str | None) -> str:
    """ "26.10.2026"; a moment is first taken to the installation's time zone."""
    if not value:
        return ""
    moment = dt.date.fromisoformat(value[:10]) if isinstance(value, str) else value
    if isinstance(moment, dt.datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return date_format(moment, "SHORT_DATE_FORMAT")


def moment(value: dt.datetime | None) -> str:
    """ "26.10.2026 klo 9.14"."""
    if value is None:
        return ""
    return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "SHORT_DATETIME_FORMAT")


def week(value: dt.date | dt.datetime | str, style: str = "long") -> str:
    """ "viikko 44" (long), "vk 44/2026" (full) or "vk 44" (short), of a date or of a period label "2026-W44"."""
    if isinstance(value, str) and "W" in value:
        year, number = (int(part) for part in value.split("-W"))
    else:
        day = dt.date.fromisoformat(value[:10]) if isinstance(value, str) else value
        year, number, _weekday = day.isocalendar()
    words = {"long": _("viikko %(week)s"), "full": _("vk %(week)s/%(year)s"), "short": _("vk %(week)s")}
    return words[style] % {"week": number, "year": year}


def period(label: str | None) -> str:
    """A period's label in words: "2026-W05" → "vk 5/2026", "2026-01" → "tammikuu 2026", "2026-Q1" → "1. neljännes 2026",
    "2026-H2" → "2. puolivuosi 2026", "2026" → "2026", "2026-01-31" → "31.1.2026". Anything else is shown as it is."""
    if not label:
        return ""
    if re.fullmatch(r"\d{4}-W\d{2}", label):
        return week(label, "full")
    if found := re.fullmatch(r"(\d{4})-(\d{2})", label):
        return date_format(dt.date(int(found[1]), int(found[2]), 1), "YEAR_MONTH_FORMAT")
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", label):
        return _("%(quarter)s. neljännes %(year)s") % {"quarter": found[2], "year": found[1]}
    if found := re.fullmatch(r"(\d{4})-H([12])", label):
        return _("%(half)s. puolivuosi %(year)s") % {"half": found[2], "year": found[1]}
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", label):
        return date(label)
    return label
