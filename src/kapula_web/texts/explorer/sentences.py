"""What the explorer says first, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, ngettext

from kapula_web.kit import figures
from kapula_web.kit.dates import date
from kapula_web.texts.explorer.filters import Filters
from kapula_web.texts.explorer.names import Called
from kapula_web.texts.explorer.searching import can_be_searched
from kapula_web.texts.figures import CRITICAL, Share

TONES: Final = ("negative", "mixed", "neutral", "positive")
NAMED: Final = 3
"""Themes told of comments that were chosen by their tone."""
LONGEST_DAY: Final = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the bar of sentiments, in hundredths of its length."""

    code: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Tones:
    """The sentiments of the comments chosen. ``n``: those read, and surely enough to be counted."""

    counts: Mapping[str, int]
    minimum_n: int

    @property
    def n(self) -> int:
        return sum(self.counts.get(code, 0) for code in TONES)

    @property
    def told(self) -> bool:
        return self.n >= max(self.minimum_n, 1)

    def share(self, code: str) -> Share:
        return Share(self.counts.get(code, 0), self.n, self.minimum_n)

    @property
    def lean(self) -> str:
        """ "negative" or "positive" where one surely outweighs the other, by the interval of their difference (multinomial); else ""."""
        good, bad = self.share("positive").value, self.share("negative").value
        spread = math.sqrt(max(good + bad - (good - bad) ** 2, 0.0) / self.n) if self.n else 0.0
        if not self.told or abs(good - bad) <= CRITICAL * spread or good == bad:
            return ""
        return "positive" if good > bad else "negative"

    def parts(self) -> list[Part]:
        found, start = [], 0.0
        for code in TONES if self.told else ():
            width = 100 * self.share(code).value
            found.append(Part(code, round(start, 2), round(width, 2)))
            start += width
        return found


@dataclass(frozen=True, slots=True)
class Themes:
    """What the comments chosen speak of: theme → how many of the ``n`` that have been read. ``asked``: the themes they were chosen by."""

    counts: Mapping[str, int]
    n: int
    minimum_n: int
    asked: frozenset[str] = frozenset()

    def commonest(self) -> list[tuple[str, Share]]:
        """A few, the commonest first; none when there are too few comments."""
        if self.n < max(self.minimum_n, 1):
            return []
        there = [code for code, count in self.counts.items() if count and code not in self.asked]
        there.sort(key=lambda code: (-self.counts[code], code))
        return [(code, Share(self.counts[code], self.n, self.minimum_n)) for code in there[:NAMED]]


def by_tone(filters: Filters) -> bool:
    """Whether the comments were chosen by their tone: then how many are of it tells nothing."""
    return bool(filters.values.get("sentiment")) or any(":" in theme for theme in filters.values.get("theme", ()))


def answer(count: int, tones: Tones, filters: Filters, themes: Themes, called: Called) -> str:
    """ "Enemmän moitetta kuin kiitosta: 3 204 kommenttia"; of comments chosen by their tone "320 kommenttia, eniten teemasta Hinta"."""
    if filters.q and not can_be_searched(filters):
        return gettext("Tätä ei voi hakea: haussa ei ole yhtään sanaa")
    if not count:
        return gettext("Ei kommentteja näillä rajauksilla")
    said = ngettext("%(n)s kommentti", "%(n)s kommenttia", count) % {"n": figures.number(count, 0)}
    if filters.like is not None:
        return ngettext("%(n)s samankaltainen kommentti", "%(n)s samankaltaista kommenttia", count) % {
            "n": figures.number(count, 0)
        }
    if filters.q and filters.how == "meaning":
        return gettext("%(comments)s, jotka ovat merkitykseltään lähimpänä hakua") % {"comments": said}
    if by_tone(filters):
        first = themes.commonest()[:1] if not themes.asked else []
        text = gettext("%(comments)s, eniten teemasta %(theme)s") if first else "%(comments)s"
        return text % {"comments": said, "theme": called.theme(first[0][0]) if first else ""}
    if not tones.told:
        return said
    leans = {
        "negative": gettext("Enemmän moitetta kuin kiitosta: %(comments)s"),
        "positive": gettext("Enemmän kiitosta kuin moitetta: %(comments)s"),
        "": gettext("Kiitosta ja moitetta suunnilleen saman verran: %(comments)s"),
    }
    return leans[tones.lean] % {"comments": said}


def evidence(count: int, tones: Tones, filters: Filters, themes: Themes, called: Called) -> str:
    """ "Kielteisiä 54 % (52–56 %), myönteisiä 31 % (29–33 %); n = 3 150"; of comments chosen by their tone their commonest themes."""
    if count and by_tone(filters) and themes.n >= max(themes.minimum_n, 1):
        return _of_themes(themes, called)
    if not count or not tones.n:
        return ""
    if not tones.told:
        return gettext("Näin vähistä luetuista kommenteista ei lasketa osuuksia.")
    negative, positive = (_share(tones.share(code)) for code in ("negative", "positive"))
    text = gettext("Kielteisiä %(negative)s, myönteisiä %(positive)s. Luettuja ja varmoja %(n)s.")
    return text % {"negative": negative, "positive": positive, "n": figures.count_words(tones.n)}


def _of_themes(themes: Themes, called: Called) -> str:
    found = [f"{called.theme(code)} {_share(share)}" for code, share in themes.commonest()]
    if not found:
        return ""
    text = gettext("Samoissa kommenteissa myös: %(themes)s. Luettuja %(n)s.")
    text = text if themes.asked else gettext("Yleisimmät teemat: %(themes)s. Luettuja %(n)s.")
    return text % {"themes": ", ".join(found), "n": figures.count_words(themes.n)}


@dataclass(frozen=True, slots=True)
class Unclear:
    """What is wrong with the days asked for. ``query``: the view as it may have been meant, empty where that cannot be known."""

    text: str
    query: str = ""


def unclear_days(filters: Filters, asked: Mapping[str, str]) -> list[Unclear]:
    """``asked``: what the address says of "from" and "to". A day that cannot be read is left out, and that is said."""
    unread = {
        "from": gettext("Alkupäivää ”%(day)s” ei voi lukea päivänä, joten alkua ei ole rajattu."),
        "to": gettext("Loppupäivää ”%(day)s” ei voi lukea päivänä, joten loppua ei ole rajattu."),
    }
    days = {"from": filters.start, "to": filters.end}
    found = [
        Unclear(text % {"day": asked[name][:LONGEST_DAY]})
        for name, text in unread.items()
        if asked.get(name, "").strip() and not days[name]
    ]
    if filters.start and filters.end and filters.start > filters.end:
        text = gettext("Alkupäivä %(start)s on loppupäivän %(end)s jälkeen, joten väliin ei jää kommentteja.")
        told = text % {"start": date(filters.start), "end": date(filters.end)}
        found.append(Unclear(told, filters.query(start=filters.end, end=filters.start)))
    return found


def _share(share: Share) -> str:
    return f"{figures.percent(share.value)} ({figures.interval(share.low, share.high, 'share')})"
