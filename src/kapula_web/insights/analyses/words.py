"""Wording that answers share: shares as people say them, weeks in words, lists, certainty. Everything in the active language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses.spans import span
from kapula_web.insights.words.joints import unbroken
from kapula_web.kit import figures

__all__ = [
    "capital",
    "certain",
    "decimals",
    "evidence",
    "fraction",
    "joined",
    "number",
    "p_value",
    "quoted",
    "share",
    "signed",
    "span",
    "unbroken",
    "with_interval",
    "within",
]


_FRACTIONS: Final = (
    (0.1, _("noin kymmenesosa")),
    (0.2, _("noin viidesosa")),
    (0.25, _("noin neljännes")),
    (1 / 3, _("noin kolmannes")),
    (0.5, _("noin puolet")),
    (2 / 3, _("noin kaksi kolmasosaa")),
    (0.75, _("noin kolme neljäsosaa")),
)
_NEAR: Final = 0.022
"""How far a share may be from a fraction that is said in its place."""


def fraction(share: float) -> str:
    """A share (0…1) as people say it: "noin kolmannes", else "37 %"."""
    if share > 0.95:
        return gettext("lähes kaikki")
    nearest, words = min(_FRACTIONS, key=lambda known: abs(known[0] - share))
    return str(words) if abs(nearest - share) <= _NEAR else figures.percent(share)


def with_interval(value: str, low: float | None, high: float | None, unit: str, digits: int | None = None) -> str:
    """ "34 % (28–39 %)"; the value alone without an interval."""
    return f"{value} ({figures.interval(low, high, unit, digits)})" if low is not None and high is not None else value


def share(value: float, low: float | None = None, high: float | None = None, digits: int = 0) -> str:
    """A share (0…1) with its interval: "34 % (28–39 %)"."""
    return with_interval(figures.percent(value, digits), low, high, "share", digits)


def number(value: float, low: float | None = None, high: float | None = None, digits: int | None = None) -> str:
    """A number with its interval: "0,38 (0,21–0,55)"."""
    return with_interval(figures.number(value, digits), low, high, "raw", digits)


def signed(value: float, digits: int | None = None) -> str:
    """ "+6", "−3", "0"."""
    text = figures.number(value, digits)
    return text if text.startswith(figures.MINUS) or not text.strip("0,.") else f"+{text}"


def p_value(p: float | None, letter: str = "p") -> str:
    """ "p = 0,003", "q < 0,001"."""
    if p is None:
        return ""
    if p < 0.001:
        return f"{letter} < {figures.number(0.001, 3)}".replace(" ", figures.NBSP)
    return f"{letter} = {figures.number(p, 3 if p < 0.1 else 2)}".replace(" ", figures.NBSP)


def certain(probability: float) -> str:
    """ "98 % varma"; never more than 99."""
    return gettext("%(share)s varma") % {"share": figures.percent(min(probability, 0.99))}


def joined(texts: Sequence[str]) -> str:
    """ "a", "a ja b", "a, b ja c"."""
    if len(texts) < 2:
        return "".join(texts)
    return gettext("%(first)s ja %(last)s") % {"first": ", ".join(texts[:-1]), "last": texts[-1]}


def within(name: str) -> str:
    """A name inside a sentence: "Jonotusaika" → "jonotusaika"; NPS and IT-tuki stay as they are."""
    return name[:1].lower() + name[1:] if len(name) > 1 and name[1:2].islower() else name


def quoted(name: str) -> str:
    """A name as the subject of a sentence, where Swedish would ask for its definite form: "”Kokemus” laskee"."""
    return gettext("”%(name)s”") % {"name": capital(name)}


def capital(text: str) -> str:
    """A sentence begins with a capital letter."""
    return text[:1].upper() + text[1:]


def decimals(intervals: Iterable[tuple[float, float]], least: int = 0, most: int = 2) -> int:
    """As many decimals as keep the ends of every interval apart: "−2…−2" says nothing of how sure a figure is."""
    known = [pair for pair in intervals if pair[0] != pair[1]]
    found = (
        digits for digits in range(least, most) if all(round(low, digits) != round(high, digits) for low, high in known)
    )
    return next(found, most)


def evidence(*parts: str) -> str:
    """What an answer rests on, the empty parts left out: "1.1.–28.10.2026 · n = 12 480 · 95 %:n väli"."""
    return " · ".join(part.replace(" %", figures.NBSP + "%") for part in parts if part)
