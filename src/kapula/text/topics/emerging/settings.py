"""What is watched, and against what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``windows``: how many of the last periods are looked at together. ``baseline``: periods they are held against, ``least`` of them at
    the beginning. ``year``: periods until the same season (and weekday) comes again. ``a_year``: periods in a year, for the rate."""

    windows: tuple[int, ...]
    baseline: int
    least: int
    year: int
    a_year: float

    @property
    def guard(self) -> int:
        """Periods kept out of the baseline, so that a slow rise is not held against itself."""
        return max(self.windows)

    @property
    def first(self) -> int:
        """The first period that can be judged."""
        return self.guard + self.least - 1


RHYTHMS: Final = {
    "week": Rhythm(windows=(1, 2, 4), baseline=26, least=8, year=52, a_year=365.25 / 7),
    "day": Rhythm(windows=(1, 3, 7, 14), baseline=91, least=28, year=364, a_year=365.25),
}
