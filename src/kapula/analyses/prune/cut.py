"""What is told of the recommended cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Interval:
    value: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        return {"value": plain(self.value), "low": plain(self.low), "high": plain(self.high)}


@dataclass(frozen=True, slots=True)
class Cut:
    """The recommended cut on ``n`` answers. ``loss``: of the whole recommendation, the choice of how many included. ``one_error``: how
    many could go within one standard error of dropping nothing. ``verdict`` is that of these answers alone."""

    verdict: str
    n: int
    r2: Interval
    drop: tuple[str, ...]
    keep: tuple[str, ...]
    loss: Interval
    rank_agreement: float | None
    rank_low: float | None
    one_error: int
    alpha: float | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "n": self.n,
            "r2": self.r2.to_dict(),
            "drop": list(self.drop),
            "keep": list(self.keep),
            "loss": self.loss.value,
            "low": self.loss.low,
            "high": self.loss.high,
            "rank_agreement": plain(self.rank_agreement),
            "rank_low": plain(self.rank_low),
            "one_error": self.one_error,
            "alpha": plain(self.alpha),
        }
