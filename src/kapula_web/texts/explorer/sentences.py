"""What the explorer says first, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, ngettext

from kapula_web.kit import figures
from kapula_web.texts.explorer.filters import Filters
from kapula_web.texts.explorer.names import Called
from kapula_web.texts.figures import CRITICAL, Share

TONES: Final = ("negative", "mixed", "neutral", "positive")


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


def answer(count: int, tones: Tones, filters: Filters) -> str:
    """ "Enemmän moitetta kuin kiitosta: 3 204 kommenttia"."""
    if not count:
        return gettext("Ei kommentteja näillä rajauksilla")
    said = ngettext("%(n)s kommentti", "%(n)s kommenttia", count) % {"n": figures.number(count, 0)}
    if filters.like is not None:
        return ngettext("%(n)s samankaltainen kommentti", "%(n)s samankaltaista kommenttia", count) % {
            "n": figures.number(count, 0)
        }
    if filters.q and filters.how == "meaning":
        return gettext("%(comments)s, jotka ovat merkitykseltään lähimpänä hakua") % {"comments": said}
    if not tones.told:
        return said
    leans = {
        "negative": gettext("Enemmän moitetta kuin kiitosta: %(comments)s"),
        "positive": gettext("Enemmän kiitosta kuin moitetta: %(comments)s"),
        "": gettext("Kiitosta ja moitetta suunnilleen saman verran: %(comments)s"),
    }
    return leans[tones.lean] % {"comments": said}


def evidence(count: int, tones: Tones, called: Called) -> str:
    """ "Kielteisiä 54 % (52–56 %), myönteisiä 31 % (29–33 %); n = 3 150"."""
    if not count or not tones.n:
        return ""
    if not tones.told:
        return gettext("Näin vähistä luetuista kommenteista ei lasketa osuuksia.")
    negative, positive = (_share(tones.share(code)) for code in ("negative", "positive"))
    text = gettext("Kielteisiä %(negative)s, myönteisiä %(positive)s. Luettuja ja varmoja %(n)s.")
    return text % {"negative": negative, "positive": positive, "n": figures.count_words(tones.n)}


def _share(share: Share) -> str:
    return f"{figures.percent(share.value)} ({figures.interval(share.low, share.high, 'share')})"
