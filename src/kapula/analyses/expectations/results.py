"""What the search for rising expectations returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Slope:
    """A change per year in the score's unit with its interval and p."""

    value: float
    low: float | None = None
    high: float | None = None
    p: float | None = None

    @property
    def sure(self) -> bool:
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    def named(self, name: str) -> dict[str, float | None]:
        return {name: plain(self.value), f"{name}_low": plain(self.low), f"{name}_high": plain(self.high)}


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


@dataclass(frozen=True, slots=True)
class ExpectationsResult:
    """Change of the score per year = ``drift`` (at the same performance and mix) + ``performance`` + ``mix``.

    ``slopes``: "total", "drift", "performance", "mix"; empty when there was not enough. ``needed_periods``: when periods were too few.
    ``depends``: p of the drift depending on the performance. ``performance_effect``: points of score for one standard deviation of the
    performance part, within periods. ``rho``: autocorrelation of the periods' shocks allowed for.
    """

    verdict: str
    n: int
    needed_n: int | None
    periods: int
    needed_periods: int | None = None
    slopes: Mapping[str, Slope] = field(default_factory=dict)
    margin: float | None = None
    points: tuple[Point, ...] = ()
    expectation: Asked | None = None
    sensitivity: tuple[Sensitivity, ...] = ()
    depends: float | None = None
    performance_effect: float | None = None
    rho: float | None = None
    warnings: tuple[str, ...] = ()
    method: Mapping[str, Any] = field(default_factory=dict)
    set_aside: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        none = Slope(float("nan"))
        drift = self.slopes.get("drift", none)
        rest = {
            key: found
            for name in ("total", "performance", "mix")
            for key, found in self.slopes.get(name, none).named(f"{name}_per_year").items()
        }
        return {
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "periods": self.periods,
            "needed_periods": self.needed_periods,
            "drift_per_year": plain(drift.value),
            "low": plain(drift.low),
            "high": plain(drift.high),
            "p": plain(drift.p),
            **rest,
            "performance_p": plain(self.slopes.get("performance", none).p),
            "margin": plain(self.margin),
            "points": [point.to_dict() for point in self.points],
            "expectation": None if self.expectation is None else self.expectation.to_dict(),
            "sensitivity": [one.to_dict() for one in self.sensitivity],
            "depends_p": plain(self.depends),
            "performance_effect": plain(self.performance_effect),
            "rho": plain(self.rho),
            "warnings": list(self.warnings),
            "method": dict(self.method),
            "set_aside": dict(self.set_aside),
        }

    def to_arrow(self) -> pa.Table:
        """One row a period."""
        rows = [point.to_dict() for point in self.points]
        return pa.Table.from_pylist(rows) if rows else pa.table({"period": pa.array([], pa.string())})
