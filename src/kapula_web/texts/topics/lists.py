"""Discovered themes and alerts, as the page lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from kapula_web.accounts.access import may
from kapula_web.accounts.models import Membership, Organisation
from kapula_web.kit import dates, figures
from kapula_web.texts.access import visible_comments
from kapula_web.texts.masking import covered
from kapula_web.texts.models import CodebookTheme
from kapula_web.texts.topics.models import OPEN, DiscoveredTheme, EmergingAlert, TopicSearch

QUOTES: Final = 3
TRIED: Final = 20
"""Mentions among which quotes are sought."""
SURE: Final = 0.75
"""The stability from which a group is a theme; from 0.6 it is a pattern that may be one (Hennig 2007, Comput. Stat. Data Anal. 52)."""


@dataclass(frozen=True, slots=True)
class Found:
    """``share``: of the comments without a theme. ``sure``: it stays together in nearly every search of other comments."""

    theme: DiscoveredTheme
    share: str
    n: str
    quotes: list[str]
    is_new: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Risen:
    alert: EmergingAlert
    name: str
    words: str
    code: str


def themes_found(membership: Membership) -> list[Found]:
    """The open ones of the last search, the sure ones first and the largest first among each. Quotes only
    for those who may read comments, and of those they may read."""
    organisation = membership.organisation
    last = TopicSearch.objects.filter(organisation=organisation).first()
    if last is None:
        return []
    rows = DiscoveredTheme.objects.filter(organisation=organisation, state=OPEN, seen_at__gte=last.at)
    least, missed, told = organisation.minimum_n, int(last.found.get("missed") or 0), set[str]()
    shown = [theme for theme in rows if theme.n >= least and theme.phrases]
    return [
        Found(
            theme,
            figures.percent(theme.n / missed if missed else theme.share),
            figures.number(theme.n, 0),
            _quotes(membership, theme, told),
            theme.status == "born",
            theme.stability >= SURE,
        )
        for theme in sorted(shown, key=lambda theme: theme.stability < SURE)
    ]


def _quotes(membership: Membership, theme: DiscoveredTheme, told: set[str]) -> list[str]:
    """A few of the best that have not been ``told`` on the page, whatever its letters and marks; those told are added to it."""
    if not may(membership, "see_rows"):
        return []
    mentions = theme.mentions.filter(comment__in=visible_comments(membership)).select_related("comment__analysis")
    found: list[str] = []
    for one in mentions.order_by("place")[:TRIED]:
        text = covered(one.comment.text, one.comment.analysis.pii)
        same = re.sub(r"\W+", " ", text.lower()).strip()
        if same not in told and len(found) < QUOTES:
            told.add(same)
            found.append(text)
    return found


def alerts_of(organisation: Organisation, themes: Sequence[CodebookTheme]) -> list[Risen]:
    """Those nobody has yet marked as seen, the newest first."""
    names = {theme.code: theme.name for theme in themes}
    codes = set(names)
    names |= {one.key: one.name for one in DiscoveredTheme.objects.filter(organisation=organisation) if one.phrases}
    rows = EmergingAlert.objects.filter(organisation=organisation, dismissed_at=None)
    return [
        Risen(alert, names[alert.topic], _words(alert), alert.topic if alert.topic in codes else "")
        for alert in rows
        if alert.topic in names and alert.total >= organisation.minimum_n
    ]


def _words(alert: EmergingAlert) -> str:
    """How often, and how often would have been usual."""
    said = gettext("%(count)s kommenttia %(total)s kommentista, tavallisesti noin %(expected)s") % {
        "count": figures.number(alert.count, 0),
        "total": figures.number(alert.total, 0),
        "expected": figures.number(alert.expected, 0 if alert.expected >= 10 else 1),
    }
    ratio = ""
    if alert.ratio is not None and alert.low is not None and alert.high is not None:
        ratio = gettext(" (%(ratio)s-kertaisesti, %(low)s–%(high)s)") % {
            "ratio": figures.number(alert.ratio, 1),
            "low": figures.number(alert.low, 1),
            "high": figures.number(alert.high, 1),
        }
    return f"{dates.period(alert.period)}: {said}{ratio}."
