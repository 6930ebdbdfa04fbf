"""What a linkage returns as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.linkage.agreement import Agreement
from kapula.analyses.linkage.effects import Effect, UnitRow
from kapula.analyses.linkage.reliability import Reliability
from kapula.results import plain


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
