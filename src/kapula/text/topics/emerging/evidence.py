"""How surprising the last periods are, topic by topic, had nothing changed."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kapula.text.topics.emerging.settings import Rhythm

Floats = NDArray[np.float64]
WEEKDAY_PRIOR: Final = 20.0
SEASON_PRIOR: Final = 5.0
POOL: Final = 10.0
"""Pretended comments (weekday, season) and periods (dispersion) that hold a multiplier near 1 and a dispersion near the other topics'."""


def exposure(counts: Floats, totals: Floats, weekday: NDArray[np.int64] | None) -> Floats:
    """What each topic's count is in proportion to: all comments of the period, times the topic's own weekday multiplier for days.

    ``counts``: (worlds, periods, topics). ``totals``: (periods,). Gives (worlds, periods, topics), or (1, periods, 1) for weeks.
    """
    if weekday is None:
        return totals[None, :, None]
    share = counts.sum(axis=1) / max(totals.sum(), 1.0)
    found = np.empty_like(counts)
    for day in np.unique(weekday):
        at = weekday == day
        own = counts[:, at].sum(axis=1) + WEEKDAY_PRIOR
        found[:, at] = (own / (share * totals[at].sum() + WEEKDAY_PRIOR))[:, None, :] * totals[at][None, :, None]
    return found


class Sums:
    """Running sums of counts, exposures and squares, from which any stretch is a subtraction."""

    def __init__(self, counts: Floats, expected: Floats) -> None:
        seen = expected > 0
        safe = np.where(seen, expected, 1.0)
        self.counts = _running(counts)
        self.exposure = _running(expected)
        self.squares = _running(np.where(seen, counts**2 / safe, 0.0))
        self.periods = _running(seen.astype(float))

    def between(self, sums: Floats, start: NDArray[np.int64], end: NDArray[np.int64]) -> Floats:
        return np.asarray(sums[:, end] - sums[:, start], dtype=np.float64)


def _running(values: Floats) -> Floats:
    found = np.zeros((values.shape[0], values.shape[1] + 1, values.shape[2]))
    np.cumsum(values, axis=1, out=found[:, 1:])
    return found


class Judged:
    """Every judged period of every topic: the baseline's counts, its dispersion, and the least p over the windows.

    ``p``: (worlds, judged periods, topics), 1 where nothing rose. ``window``: which one told most.
    """

    def __init__(self, counts: Floats, totals: Floats, weekday: NDArray[np.int64] | None, rhythm: Rhythm) -> None:
        self.rhythm = rhythm
        self.at = np.arange(rhythm.first, counts.shape[1])
        self.sums = Sums(counts, exposure(counts, totals, weekday))
        self.end = self.at - rhythm.guard + 1
        self.start = np.maximum(0, self.end - rhythm.baseline)
        self.before = self.sums.between(self.sums.counts, self.start, self.end)
        self.against = self.sums.between(self.sums.exposure, self.start, self.end)
        self.share = self.before / np.maximum(self.against, 1e-12)
        self.dispersion = self._dispersion()
        self.p = np.ones(self.before.shape)
        self.window = np.zeros(self.before.shape, dtype=np.int64)
        for window in rhythm.windows:
            found = self._tail(window)
            better = found < self.p
            self.p[better] = found[better]
            self.window[better] = window

    def _dispersion(self) -> Floats:
        """Pearson's, each topic's own drawn towards all topics' mean; never under 1."""
        squares = self.sums.between(self.sums.squares, self.start, self.end)
        free = np.maximum(self.sums.between(self.sums.periods, self.start, self.end) - 1, 1.0)
        own = np.where(self.before > 0, (squares / np.maximum(self.share, 1e-12) - self.before) / free, 1.0)
        pooled = own.mean(axis=2, keepdims=True)
        return np.asarray(np.maximum(1.0, (own * free + POOL * pooled) / (free + POOL)), dtype=np.float64)

    def recent(self, window: int) -> tuple[Floats, Floats, Floats]:
        """(counts, exposures, dispersion) of the last ``window`` periods. Exposures carry last year's rise at the same time; dispersion
        grows with a volume above the baseline's, as the share's own variation does."""
        start, end = self.at + 1 - window, self.at + 1
        counts = self.sums.between(self.sums.counts, start, end)
        now = self.sums.between(self.sums.exposure, start, end)
        usual = self.against / np.maximum(self.end - self.start, 1)[None, :, None]
        more = np.maximum(1.0, now / window / np.maximum(usual, 1e-12))
        return counts, now * self._season(window), 1 + (self.dispersion - 1) * more

    def _season(self, window: int) -> Floats:
        """How much more the topic was spoken of at this time a year ago than before it then; 1 when less, or when nothing is known."""
        year, slack = self.rhythm.year, max(1, self.rhythm.windows[1] // 2 + 1)
        known = self.start - year >= 0
        if not known.any():
            return np.ones((1, len(self.at), 1))
        first = np.maximum(0, self.start - year)
        last = np.maximum(first, self.end - year)
        base = self.sums.between(self.sums.counts, first, last)
        held = self.sums.between(self.sums.exposure, first, last)
        start = np.maximum(0, self.at + 1 - window - year - slack)
        end = np.maximum(start, self.at + 1 - year + slack)
        then, out_of = (self.sums.between(sums, start, end) for sums in (self.sums.counts, self.sums.exposure))
        expected = base / np.maximum(held, 1e-12) * out_of
        return np.where(known[None, :, None], np.maximum(1.0, (then + SEASON_PRIOR) / (expected + SEASON_PRIOR)), 1.0)

    def _tail(self, window: int) -> Floats:
        """P(this many or more in the window | as many in window and baseline together), by the binomial with counts over dispersion."""
        counts, now, dispersion = self.recent(window)
        now, against = np.broadcast_arrays(now, self.against)
        rose = counts * against > self.before * now
        found = np.ones(counts.shape)
        now, against = (np.broadcast_to(one, counts.shape)[rose] for one in (now, against))
        scale = dispersion[rose]
        found[rose] = special.betainc(counts[rose] / scale, self.before[rose] / scale + 1, now / (now + against))
        return found


def onsets(alarms: NDArray[np.bool_], quiet: int) -> NDArray[np.bool_]:
    """Where an alarm begins: none in the ``quiet`` periods before it. ``alarms``: (worlds, periods, topics)."""
    found = np.zeros_like(alarms)
    rest = np.zeros((alarms.shape[0], alarms.shape[2]), dtype=np.int64)
    for place in range(alarms.shape[1]):
        now = alarms[:, place]
        found[:, place] = now & (rest == 0)
        rest = np.where(now, quiet, np.maximum(rest - 1, 0))
    return found
