"""What drivers returns: each driver's share with its interval, how sure the order is, and what a reader must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

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


@dataclass(frozen=True, slots=True)
class DriversResult:
    """``verdict``: a code of the analysis. ``r2``: what the drivers explain of the outcome's variation beyond the covariates
    (``r2_always``); the shares sum to it. ``r2_adjusted``: after what as many columns of noise would explain. ``p``: that no driver is
    related to the outcome. ``n``: rows used, ``units``: independent ones among them (clusters). ``set_aside``: rows not used and why.
    ``named``: warning code → the columns it is about. ``asymmetry``: penalty and reward of each driver (method penalty_reward)."""

    verdict: str
    outcome: str
    n: int
    needed_n: int | None
    units: int
    drivers: tuple[DriverShare, ...] = ()
    ranks: tuple[Rank, ...] = ()
    pairs: tuple[Pair, ...] = ()
    r2: float | None = None
    r2_low: float | None = None
    r2_high: float | None = None
    r2_adjusted: float | None = None
    r2_always: float | None = None
    p: float | None = None
    asymmetry: Any = None
    set_aside: Mapping[str, int] = field(default_factory=dict)
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    method: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """``method`` is its name; ``settings`` holds it with everything else that repeats the run."""
        figures = {
            name: plain(getattr(self, name)) for name in ("r2", "r2_low", "r2_high", "r2_adjusted", "r2_always", "p")
        }
        return {
            "verdict": self.verdict,
            "outcome": self.outcome,
            **figures,
            "n": self.n,
            "needed_n": self.needed_n,
            "units": self.units,
            "method": self.method.get("method"),
            "settings": dict(self.method),
            "drivers": [driver.to_dict() for driver in self.drivers],
            "ranks": [rank.to_dict() for rank in self.ranks],
            "pairs": [pair.to_dict() for pair in self.pairs],
            "asymmetry": None if self.asymmetry is None else self.asymmetry.to_dict(),
            "set_aside": dict(self.set_aside),
            "named": {code: list(names) for code, names in self.named.items()},
            "warnings": list(self.warnings),
        }

    def to_arrow(self) -> pa.Table:
        """A row for each driver, in the order asked."""
        rows = [driver.to_dict() for driver in self.drivers]
        ranks = {rank.name: rank for rank in self.ranks}
        columns: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in ("name", *NUMBERS, "missing")}
        columns["rank"] = [ranks[row["name"]].rank for row in rows]
        return pa.table(columns)
