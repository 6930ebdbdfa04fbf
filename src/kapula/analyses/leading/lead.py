"""One candidate's row of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kapula.analyses.leading.evidence import Reverse, Slope, Step
from kapula.analyses.leading.paneltest import PanelTest
from kapula.analyses.leading.record import fields_of
from kapula.results import plain

WITHIN, TOGETHER, SINGLE = "within_units", "units_together", "one_series"


@dataclass(frozen=True, slots=True)
class Lead:
    """One candidate at its strongest lag. ``leads``: q small enough, the gain's interval above zero, the forecast
    really better, and the
    candidate before the target rather than after. ``gain``: share of the baseline's squared forecast error that
    knowing the candidate removes;
    ``realised``: the same as it came out, the cost of estimating included. All figures None for a candidate that
    could not be tested."""

    name: str
    segment: Any
    lag: int | None
    t: float | None
    p: float | None
    q: float | None
    gain: float | None
    low: float | None
    high: float | None
    realised: float | None
    forecasts: int
    leads: bool
    effect: Slope | None
    reverse: Reverse | None
    granger: Mapping[str, PanelTest | None]
    compared: str | None
    differenced: bool
    profile: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        numbers = {name: plain(getattr(self, name)) for name in ("t", "p", "q", "gain", "low", "high", "realised")}
        return {
            "name": self.name,
            "segment": self.segment,
            "lag": self.lag,
            **numbers,
            "leads": self.leads,
            "forecasts": self.forecasts,
            "effect": None if self.effect is None else self.effect.to_dict(),
            "reverse": None if self.reverse is None else self.reverse.to_dict(),
            "granger": {way: None if one is None else fields_of(one) for way, one in self.granger.items()},
            "compared": self.compared,
            "differenced": self.differenced,
            "profile": [step.to_dict() for step in self.profile],
            "warnings": list(self.warnings),
        }
