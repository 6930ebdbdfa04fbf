"""Lengths of time in words, small numbers in letters."""

from __future__ import annotations

from django.utils.translation import ngettext

from kapula_web.insights.words.periods import language
from kapula_web.kit import figures


def span(count: int, grain: str = "week") -> str:
    """A length of time beside "aiemmin" or "myöhemmin": "viikon", "kaksi viikkoa", "13 viikkoa"."""
    words = _lengths(count)[grain]
    return words % {"n": _said(count)}


def _lengths(count: int) -> dict[str, str]:
    return {
        "day": ngettext("päivän", "%(n)s päivää", count),
        "week": ngettext("viikon", "%(n)s viikkoa", count),
        "month": ngettext("kuukauden", "%(n)s kuukautta", count),
        "quarter": ngettext("neljänneksen", "%(n)s neljännestä", count),
        "year": ngettext("vuoden", "%(n)s vuotta", count),
    }


def _said(count: int) -> str:
    """Two to ten in letters."""
    said = {
        "fi": ("kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän", "kymmenen"),
        "sv": ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"),
        "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    }[language()]
    return said[count - 2] if 2 <= count <= 10 else figures.number(count, 0)
