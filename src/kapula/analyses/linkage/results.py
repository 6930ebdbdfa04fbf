"""What a linkage returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.linkage.agreement import Agreement, Reliability
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


@dataclass(frozen=True, slots=True)
class LinkageResult:
    """How the staff's experience and the customers' go together. ``n``, ``needed_n``: units. ``staff``, ``customer``: ICC(1) and
    ICC(2) by
    unit; ``agreement``: r_wg of the staff in its unit and period; ``steadiness``: the reliability of a unit's staff figure of one period
    around the unit's usual, by which the within slopes are too small. ``leads``: by touchpoint the lag
    of the steepest sure within slope."""

    verdict: str
    n: int
    needed_n: int | None
    n_staff: int
    n_customers: int
    staff: Reliability | None
    customer: Reliability | None
    agreement: Agreement | None
    steadiness: float | None
    effects: tuple[Effect, ...]
    leads: tuple[tuple[Any, int], ...]
    units: tuple[UnitRow, ...]
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        staff = self.staff.to_dict() if self.staff else {}
        return {
            "verdict": self.verdict,
            "n": self.n,
            "n_units": self.n,
            "needed_n": self.needed_n,
            "n_staff": self.n_staff,
            "n_customers": self.n_customers,
            "icc1": staff.get("icc1"),
            "icc2": staff.get("icc2"),
            "rwg": self.agreement.to_dict() if self.agreement else None,
            "customer_icc": self.customer.to_dict() if self.customer else None,
            "steadiness": plain(self.steadiness),
            "effects": [one.to_dict() for one in self.effects],
            "leads": [{"touchpoint": touchpoint, "lag": lag} for touchpoint, lag in self.leads],
            "units": [one.to_dict() for one in self.units],
            "warnings": list(self.warnings),
            "method": dict(self.method),
        }
