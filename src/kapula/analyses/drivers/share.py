"""One driver in the result: its share, and how well it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.results import plain

NUMBERS = ("share", "low", "high", "part", "part_low", "part_high", "first", "last", "correlation")


@dataclass(frozen=True, slots=True)
class Performance:
    """How well a driver does, 0–100 of its declared scale, and where it stands on the importance–performance map: ``quadrant`` "improve"
    (matters more than the average driver, does worse), "keep", "low_priority", "beyond_need"; None when either side is not surely so."""

    value: float
    low: float | None
    high: float | None
    quadrant: str | None

    def to_dict(self) -> dict[str, Any]:
        return {"value": plain(self.value), "low": plain(self.low), "high": plain(self.high), "quadrant": self.quadrant}


@dataclass(frozen=True, slots=True)
class DriverShare:
    """One driver (or group of columns). ``share``: of the outcome's whole variation; ``part``: of what the drivers together explain.
    ``first``: what it explains alone, ``last``: what it adds to all the others. ``correlation``: with the outcome (given the
    covariates), None for a group of several columns. ``missing``: the share of rows without it."""

    name: str
    columns: tuple[str, ...]
    share: float
    low: float | None
    high: float | None
    part: float | None
    part_low: float | None
    part_high: float | None
    first: float
    last: float
    correlation: float | None
    missing: float
    performance: Performance | None = None

    def to_dict(self) -> dict[str, Any]:
        numbers = {name: plain(getattr(self, name)) for name in NUMBERS}
        map_ = None if self.performance is None else self.performance.to_dict()
        return {
            "name": self.name,
            "columns": list(self.columns),
            **numbers,
            "missing": self.missing,
            "performance": map_,
        }
