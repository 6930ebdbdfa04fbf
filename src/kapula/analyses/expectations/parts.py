"""What the result is made of: slopes, periods, the expectation question, and other reliabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.analyses.estimate import Estimate
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Slope(Estimate):
    """A change per year in the score's unit with its interval and p."""


@dataclass(frozen=True, slots=True)
class Point:
    """A period. ``time``: in years from the first period. ``score``: the mean as it was; ``constant``: the mean had
    performance and mix been as
    they were on average over all periods. Each with its interval."""

    period: str
    time: float
    n: int
    score: Slope
    constant: Slope

    def to_dict(self) -> dict[str, Any]:
        numbers = {**self.score.named("score"), **self.constant.named("constant")}
        return {"period": self.period, "time": plain(self.time), "n": self.n, **numbers}


@dataclass(frozen=True, slots=True)
class Asked:
    """The expectation question's own change. ``confirms``: True when expectations surely rose while the score at
    constant performance surely fell
    (or the reverse), False when they surely moved the other way, None when neither is sure."""

    slope: Slope
    n: int
    confirms: bool | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "per_year": plain(self.slope.value),
            "low": plain(self.slope.low),
            "high": plain(self.slope.high),
            "p": plain(self.slope.p),
            "n": self.n,
            "confirms": self.confirms,
        }


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The drift if the performance is measured with this reliability."""

    reliability: float
    drift: Slope

    def to_dict(self) -> dict[str, Any]:
        return {
            "reliability": self.reliability,
            "drift_per_year": plain(self.drift.value),
            "low": plain(self.drift.low),
            "high": plain(self.drift.high),
        }
