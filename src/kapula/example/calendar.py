"""Time in the example world: whole weeks, Finnish opening hours and holidays, and UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kapula.example.truths import WEEKS

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
Days = npt.NDArray[np.datetime64]
Mask = npt.NDArray[np.bool_]

WEEKDAY_WEIGHTS: Final = np.array([1.25, 1.1, 1.05, 1.0, 0.9, 0.3, 0.25])
"""Contacts by weekday, Monday first: the weekend's questions come on Monday."""

OFFICE_HOURS: Final = np.array(
    [0, 0, 0, 0, 0, 0, 0, 1, 6, 10, 11, 9, 7, 9, 9, 8, 5, 2, 2, 2, 1.5, 1, 0.3, 0], dtype=float
)
"""Answers by Finnish hour: mornings and afternoons, a dip at lunch, a tail in the evening."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """``start``: the Monday of week 0. ``end``: the last day of the world; later rows are cut."""

    start: date
    end: date

    @classmethod
    def ending(cls, end: date) -> Calendar:
        """Three years of whole weeks, the last of which holds ``end``."""
        sunday = end + timedelta(days=6 - end.weekday())
        return cls(sunday + timedelta(days=1) - timedelta(weeks=WEEKS), end)

    def monday(self, week: int) -> date:
        return self.start + timedelta(weeks=week)

    @property
    def days(self) -> Days:
        """Every day of the world's weeks, shape (7 × WEEKS,)."""
        return np.datetime64(self.start, "D") + np.arange(7 * WEEKS)

    @property
    def last_day(self) -> int:
        """Index of ``end`` among :attr:`days`."""
        return (self.end - self.start).days

    def months(self, day: IntArray) -> IntArray:
        """Month 1–12 of day indexes."""
        return (self.days[day].astype("datetime64[M]").astype(np.int64) % 12) + 1

    def quarters(self) -> list[date]:
        """First days of the quarters that begin in the world, and of the one it begins in."""
        first = date(self.start.year, 3 * ((self.start.month - 1) // 3) + 1, 1)
        found = []
        while first <= self.end:
            found.append(first)
            first = months_later(first, 3)
        return found

    def day_weights(self) -> FloatArray:
        """How many contacts each day draws: weekday, holidays, a busier winter; zero after ``end``."""
        weights = np.tile(WEEKDAY_WEIGHTS, WEEKS)
        weights = np.where(holidays(self.days), 0.2, weights)
        month = self.months(np.arange(7 * WEEKS))
        weights = weights * np.array([1.2, 1.12, 1.05, 1.0, 0.98, 0.9, 0.78, 0.95, 1.05, 1.05, 1.05, 1.0])[month - 1]
        weights[self.last_day + 1 :] = 0.0
        return np.asarray(weights / weights.sum())


def months_later(day: date, months: int) -> date:
    """The same day of the month some months later (for days up to the 28th)."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computation)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * j) // 433
    month = (h + j - 7 * m + 90) // 25
    return date(year, month, (h + j - 7 * m + 33 * month + 19) % 32)


def holidays(days: Days) -> Mask:
    """Finnish public holidays (and the eves that work as such)."""
    years = range(int(str(days[0])[:4]), int(str(days[-1])[:4]) + 1)
    found: list[date] = []
    for year in years:
        found += [date(year, m, d) for m, d in ((1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26))]
        found += [easter(year) + timedelta(days=n) for n in (-2, 0, 1, 39)]
        midsummer_eve = next(date(year, 6, d) for d in range(19, 26) if date(year, 6, d).weekday() == 4)
        found += [midsummer_eve, midsummer_eve + timedelta(days=1)]
    return np.isin(days, np.array(found, dtype="datetime64[D]"))


def utc_offset_hours(days: Days) -> IntArray:
    """Helsinki's offset at office hours: 3 from the last Sunday of March to the last of October, else 2."""
    offset = np.full(len(days), 2, dtype=np.int64)
    for year in range(int(str(days.min())[:4]), int(str(days.max())[:4]) + 1):
        first, last = (np.datetime64(_last_sunday(year, month), "D") for month in (3, 10))
        offset[(days >= first) & (days < last)] = 3
    return offset


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def moments(rng: np.random.Generator, days: Days, hours: FloatArray = OFFICE_HOURS) -> npt.NDArray[Any]:
    """Moments in UTC (datetime64[us], whole seconds) for Finnish days, at hours drawn from ``hours``."""
    n = len(days)
    if n == 0:
        return days.astype("datetime64[us]")
    hour = rng.choice(24, size=n, p=hours / hours.sum())
    seconds = hour * 3600 + rng.integers(0, 3600, size=n) - utc_offset_hours(days) * 3600
    return np.asarray(days.astype("datetime64[us]") + (seconds * 1_000_000).astype("timedelta64[us]"))
