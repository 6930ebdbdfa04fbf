"""Fields of time: how far back from the data's last day, and the data's periods."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula.trends.periods import label_of
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.basics import Words, choice
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.data import CUSTOMER
from kapula_web.kit import dates

STRETCHES: Final = {"all": 0, "years2": 728, "year": 364, "half": 182, "quarter": 91}
"""Stretches that end on the data's last day, in whole weeks of days; 0: everything."""


def stretch(label: Words = "") -> forms.ChoiceField:
    """How far back from the data's last day; see :func:`between`."""
    words: dict[str, Words] = {
        "all": _("koko ajalta"),
        "years2": _("kaksi viime vuotta"),
        "year": _("viime vuosi"),
        "half": _("viime puoli vuotta"),
        "quarter": _("viime neljännesvuosi"),
    }
    return choice(label or _("Miltä ajalta?"), words.items())


def between(data: Data, code: str, perspective: str = CUSTOMER) -> tuple[date, date] | None:
    """The first and last day of a stretch, as the data has them; None without responses."""
    known = held.stretch(data, perspective)
    if known is None:
        return None
    first, last = known
    days = STRETCHES.get(code, 0)
    return (max(first, last - timedelta(days=days - 1)) if days else first, last)


def periods(data: Data, grain: str, perspective: str = CUSTOMER) -> list[tuple[str, Words]]:
    """Every period of the data, the newest first: ("2026-Q3", "3. neljännes 2026"). The last may be unfinished."""
    known = held.stretch(data, perspective)
    if known is None:
        return []
    day, last = known
    found: dict[str, Words] = {}
    while day <= last:
        code = label_of(day, grain)
        found[code] = dates.period(code)
        day += timedelta(days=1 if grain == "day" else 7 if grain == "week" else 28)
    found[label_of(last, grain)] = dates.period(label_of(last, grain))
    return list(reversed(found.items()))


def as_text(found: tuple[date, date] | None) -> str:
    """ "1.1.2026–28.10.2026" for evidence and methods."""
    return (
        gettext("%(first)s–%(last)s") % {"first": dates.date(found[0]), "last": dates.date(found[1])} if found else ""
    )
