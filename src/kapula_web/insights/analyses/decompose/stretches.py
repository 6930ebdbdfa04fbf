"""The two stretches that can be compared, by what the data is long enough for. All end on the data's last day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula_web.kit import dates
from kapula_web.kit.codes import Text

Days = tuple[date, date]

WORDS: Final[dict[str, Text]] = {
    "ends": _("ensimmäinen ja viimeinen vuosi"),
    "years": _("viime vuosi ja sitä edellinen vuosi"),
    "halves": _("viime puoli vuotta ja sitä edellinen puolivuotinen"),
    "season": _("viime neljännes ja sama aika vuotta aiemmin"),
    "parts": _("aineiston alkupuoli ja loppupuoli"),
}
LEAST: Final = {"ends": 1092, "years": 728, "halves": 364, "season": 455, "parts": 14}
"""How many days of data each takes. The first year and the last must have something between them to follow."""


def possible(stretch: Days) -> list[str]:
    """The codes that the data is long enough for, the usual one first."""
    days = (stretch[1] - stretch[0]).days + 1
    return [code for code, least in LEAST.items() if days >= least]


def of(code: str, stretch: Days) -> tuple[Days, Days]:
    """The earlier and the later stretch, first and last day included."""
    first, last = stretch
    length = {"ends": 364, "years": 364, "halves": 182, "season": 91}.get(code, ((last - first).days + 1) // 2)
    later = (last - timedelta(days=length - 1), last)
    back = 364 if code == "season" else length
    earlier = (later[0] - timedelta(days=back), later[1] - timedelta(days=back))
    if code in ("ends", "parts"):
        earlier = (first, first + timedelta(days=length - 1))
    return earlier, later


def label(days: Days) -> str:
    """As the library and the command take it."""
    return f"{days[0].isoformat()}/{days[1].isoformat()}"


def said(text: str) -> str:
    """The library's label in words: "20.11.2023–17.11.2024"."""
    first, _slash, last = text.partition("/")
    return f"{dates.date(first)}–{dates.date(last)}" if last else dates.date(first)
