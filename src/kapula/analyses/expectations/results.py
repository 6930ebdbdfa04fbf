"""What the search for rising expectations returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from kapula.analyses.expectations.parts import Asked, Point, Sensitivity, Slope
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class ExpectationsResult:
    """Change of the score per year = ``drift`` (at the same performance and mix) + ``performance`` + ``mix``.

    ``slopes``: "total", "drift", "performance", "mix"; empty when there was not enough. ``needed_periods``: when periods were too few.
    ``n``: answers used; where there was not enough, those in periods too small too (``set_aside`` tells how many).
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
