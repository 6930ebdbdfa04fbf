"""What drivers returns: each driver's share with its interval, how sure the order is, and what a reader must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from kapula.analyses.drivers.rank import Pair, Rank
from kapula.analyses.drivers.share import NUMBERS, DriverShare
from kapula.results import plain


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
