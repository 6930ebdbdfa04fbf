"""What :func:`kapula.leading` gives back: figures and codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.leading.wald import PanelTest
from kapula.results import plain

LEADS = "leads"
NONE = "none_found"
VERDICTS = {
    LEADS: "At least one candidate surely moves before the target and improves its forecast.",
    NONE: "No candidate surely leads the target; each was tested at every lag.",
    NOT_ENOUGH: "Too few periods to say.",
}
WITHIN, TOGETHER, SINGLE = "within_units", "units_together", "one_series"


@dataclass(frozen=True, slots=True)
class Step:
    """One lag of a candidate: ``t`` signed, ``p`` two-sided, ``q`` over the whole scan (None at lag 0, which is never a lead)."""

    lag: int
    t: float
    p: float
    q: float | None
    n: int

    def to_dict(self) -> dict[str, Any]:
        return {"lag": self.lag, "t": plain(self.t), "p": plain(self.p), "q": plain(self.q), "n": self.n}


@dataclass(frozen=True, slots=True)
class Slope:
    """Change of the target for one unit more of the candidate, ``lag`` periods later; ``per_deviation``: for a
    usual swing of it."""

    value: float | None
    low: float | None
    high: float | None
    deviation: float | None

    def to_dict(self) -> dict[str, Any]:
        return {name: plain(getattr(self, name)) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Reverse:
    """The other direction, tested and corrected as a scan of its own: does the target move ``lag`` periods before the candidate?"""

    lag: int
    q: float
    t: float
    found: bool

    def to_dict(self) -> dict[str, Any]:
        return {"lag": self.lag, "q": plain(self.q), "t": plain(self.t), "found": self.found}


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
            "granger": {way: None if one is None else _slots(one) for way, one in self.granger.items()},
            "compared": self.compared,
            "differenced": self.differenced,
            "profile": [step.to_dict() for step in self.profile],
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Alarm:
    """A unit's alarm level on the candidate, its latest figure and whether it is beyond the level."""

    unit: Any
    level: float
    latest: float | None
    period: Any
    beyond: bool

    def to_dict(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "level": plain(self.level),
            "latest": plain(self.latest),
            "period": self.period,
            "beyond": self.beyond,
        }


@dataclass(frozen=True, slots=True)
class Together:
    """Deviations of a period from each unit's own mean, averaged over the units: of the target, and of the ``leader`` ``lag`` periods
    before; each in its own standard deviations."""

    period: Any
    target: float | None
    leader: float | None

    def to_dict(self) -> dict[str, Any]:
        return {"period": self.period, "target": plain(self.target), "leader": plain(self.leader)}


@dataclass(frozen=True, slots=True)
class Watch:
    """A true leader as a warning, back-tested on periods that were not used to set its level.

    ``side``: "above" or "below" the level warns. ``periods`` watched (over all units), ``events`` among them,
    ``alarms``, ``hits`` (alarms that an
    event followed), ``false_alarms``, ``missed``; ``precision`` hits ÷ alarms, ``caught`` hits ÷ events;
    ``false_per_year`` for one unit;
    ``cost`` per watched period in false alarms, ``cost_silent`` of never warning. ``pays``: a level that costs
    less than silence was found.
    """

    name: str
    segment: Any
    lag: int
    side: str
    on_change: bool
    pays: bool
    periods: int
    events: int
    alarms: int
    hits: int
    false_alarms: int
    missed: int
    precision: float | None
    caught: float | None
    false_per_year: float | None
    cost: float | None
    cost_silent: float | None
    levels: tuple[Alarm, ...]
    series: tuple[Together, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        found = _slots(self)
        found["series"] = [one.to_dict() for one in self.series]
        found["levels"] = [one.to_dict() for one in self.levels]
        found["now"] = [one.unit for one in self.levels if one.beyond]
        return found


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


def _slots(one: Any) -> dict[str, Any]:
    return {
        name: plain(value) if isinstance(value, float) else value
        for name in one.__slots__
        for value in (getattr(one, name),)
    }
