"""The figures a roll-out is told by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.linkage.robust import Estimate
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Effect:
    """How much larger the share of mentions is than without the roll-out, as a difference of shares. ``n``: comments it is of;
    ``share``: of them mention, ``expected`` would have. The figures are None where they cannot be told."""

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    share: float | None = None
    expected: float | None = None
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, n: float, share: float, told: Estimate | None) -> Effect:
        if told is None:
            return cls(round(n))
        return cls(round(n), told.value, told.low, told.high, told.p, share, share - told.value)

    def to_dict(self) -> dict[str, Any]:
        names = ("value", "low", "high", "p", "share", "expected")
        return {"n": self.n, **{name: plain(getattr(self, name)) for name in names}, "warnings": list(self.warnings)}


@dataclass(frozen=True, slots=True)
class Cohort:
    """The teams that began in one period."""

    rollout: str
    teams: tuple[str, ...]
    effect: Effect

    def to_dict(self) -> dict[str, Any]:
        return {"rollout": self.rollout, "teams": list(self.teams), **self.effect.to_dict()}


@dataclass(frozen=True, slots=True)
class Since:
    """The effect ``periods`` after the roll-out; below 0, how the teams differed before it from what their own levels say."""

    periods: int
    effect: Effect

    def to_dict(self) -> dict[str, Any]:
        return {"periods": self.periods, **self.effect.to_dict()}


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What stands when teams would have drifted apart after the roll-out ``times`` as much as they did before it."""

    times: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        return {"times": self.times, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Before:
    """The same comparison made of the time before: an effect where there can be none, and what it does to the answer.

    ``holds_until``: how many times the drift seen before may be repeated after before the answer is no longer sure; None when it
    is not sure to begin with.
    """

    effect: Effect
    sensitivity: tuple[Sensitivity, ...] = field(default_factory=tuple)
    holds_until: float | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.effect.to_dict(),
            "sensitivity": [one.to_dict() for one in self.sensitivity],
            "holds_until": plain(self.holds_until),
        }
