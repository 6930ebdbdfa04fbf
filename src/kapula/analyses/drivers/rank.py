"""The order in the result: each driver's rank, and the drivers compared two by two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Rank:
    """``rank``: by share, 1 the largest. ``low`` … ``high``: ranks it may have, for all drivers at once at the level asked; None without
    resamples. ``first``: share of resamples in which it is the first."""

    name: str
    rank: int
    low: int | None
    high: int | None
    first: float | None

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "rank": self.rank, "low": self.low, "high": self.high, "first": plain(self.first)}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two drivers: ``difference`` of their shares (above − below) with its interval, ``certainty``: the share of resamples in which
    ``above`` is above. ``sure``: also when all pairs are judged at once."""

    above: str
    below: str
    difference: float
    low: float
    high: float
    certainty: float
    sure: bool

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}
