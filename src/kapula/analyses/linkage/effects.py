"""What a linkage says of one touchpoint at one lag, and of one unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.analyses.linkage.robust import Estimate
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Slope:
    """Customers' points for one point of the staff's: ``q`` is ``p`` corrected over the scan, ``sure`` when q is small enough."""

    estimate: Estimate
    q: float | None
    sure: bool

    def to_dict(self) -> dict[str, Any]:
        names = ("value", "low", "high", "p", "df")
        return {name: plain(getattr(self.estimate, name)) for name in names} | {"q": plain(self.q), "sure": self.sure}


@dataclass(frozen=True, slots=True)
class Effect:
    """One touchpoint (None for all together) at one lag. ``within``: when a unit's staff is a point better off than usual; ``beside``:
    the
    same beside the other lags; ``between``: units whose staff is a point better off (of no lag); ``contextual``: between − within.
    ``scope``: whether within speaks of "units" like these or of "these_units". Each None when it cannot be told."""

    touchpoint: Any
    lag: int
    within: Slope | None
    beside: Slope | None
    between: Slope | None
    contextual: Slope | None
    scope: str
    n_units: int
    n_cells: int
    n_answers: int

    def to_dict(self) -> dict[str, Any]:
        parts = ("within", "beside", "between", "contextual")
        return {
            "touchpoint": self.touchpoint,
            "lag": self.lag,
            **{name: one.to_dict() if (one := getattr(self, name)) else None for name in parts},
            "scope": self.scope,
            "n_units": self.n_units,
            "n_cells": self.n_cells,
            "n_answers": self.n_answers,
        }


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's two means, None when withheld."""

    unit: Any
    n_staff: int
    n_customers: int
    staff: float | None
    customer: float | None
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "n_staff": self.n_staff,
            "n_customers": self.n_customers,
            "staff": plain(self.staff),
            "customer": plain(self.customer),
            "warnings": list(self.warnings),
        }
