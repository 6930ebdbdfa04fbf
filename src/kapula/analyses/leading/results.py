"""What :func:`kapula.leading` gives back: figures and codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.leading.lead import Lead
from kapula.analyses.leading.watchlist import Watch

LEADS = "leads"
NONE = "none_found"
VERDICTS = {
    LEADS: "At least one candidate surely moves before the target and improves its forecast.",
    NONE: "No candidate surely leads the target; each was tested at every lag.",
    NOT_ENOUGH: "Nothing can be said: too few periods with figures, or nothing that moves.",
}


@dataclass(frozen=True, slots=True)
class LeadingResult:
    """``tested``: candidate × lag × segment tests in the scan; ``leads``: every candidate, the true leaders first;
    ``n``: periods with a figure of
    the target; ``needed_n``: periods that would be needed, None when there are enough."""

    target: str
    tested: int
    leads: tuple[Lead, ...]
    watch: tuple[Watch, ...]
    verdict: str
    n: int
    needed_n: int | None
    units: int
    grain: str
    set_aside: Mapping[str, int] = field(default_factory=dict)
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "target": self.target,
            "tested": self.tested,
            "leads": [lead.to_dict() for lead in self.leads],
            "watch": [one.to_dict() for one in self.watch],
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "units": self.units,
            "grain": self.grain,
            "set_aside": dict(self.set_aside),
            "method": dict(self.method),
            "warnings": list(self.warnings),
        }
