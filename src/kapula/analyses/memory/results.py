"""What :func:`kapula.memory` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.linkage.robust import Estimate
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Part:
    """What one point more in it goes with in the remembered score, the other parts the same. ``q``: corrected over the parts (or, for
    moments, over the moments); ``sure``: q is at most 1 − level."""

    value: float
    low: float
    high: float
    p: float
    q: float | None = None
    sure: bool = False

    @classmethod
    def of(cls, one: Estimate, q: float | None, level: float) -> Part:
        return cls(one.value, one.low, one.high, one.p, q, q is not None and q <= 1 - level)

    def to_dict(self) -> dict[str, Any]:
        figures = {name: plain(getattr(self, name)) for name in ("value", "low", "high", "p", "q")}
        return {**figures, "sure": self.sure}


@dataclass(frozen=True, slots=True)
class Trace:
    """One kind of moment. ``designed``: it was meant to be remembered. ``verdict``: "designed_remembered", "designed_not_seen",
    "undesigned_remembered", "not_seen" or "not_enough". ``n``: journeys that have it beside others."""

    moment: str
    designed: bool
    verdict: str
    n: int
    needed_n: int | None = None
    mean: float | None = None
    trace: Part | None = None
    peaks: float | None = None
    ends: float | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "moment": self.moment,
            "designed": self.designed,
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "mean": plain(self.mean),
            "trace": None if self.trace is None else self.trace.to_dict(),
            "peaks": plain(self.peaks),
            "ends": plain(self.ends),
        }


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme's share of the comments at the moments and of those in the relationship answers later; ``value``: later less then."""

    theme: str
    at_moment: float
    later: float
    value: float
    low: float
    high: float
    q: float | None
    sure: bool

    def to_dict(self) -> dict[str, Any]:
        return {name: plain(one) if isinstance(one := getattr(self, name), float) else one for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class MemoryResult:
    """``verdict``: "peak_end", "average", "no_pattern" or "not_enough". ``n``: journeys, of ``customers``; ``parts``: peak, end and mean,
    and ``mean_alone`` when the others are not asked; ``r2`` with all three, ``r2_mean`` with the mean alone,
    ``p_beyond``: of peak and end adding nothing to it."""

    verdict: str
    n: int
    needed_n: int | None
    customers: int
    n_moments: int
    parts: Mapping[str, Part] = field(default_factory=dict)
    r2: float | None = None
    r2_mean: float | None = None
    p_beyond: float | None = None
    moments: tuple[Trace, ...] = ()
    themes: tuple[Theme, ...] = ()
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "customers": self.customers,
            "n_moments": self.n_moments,
            **{
                name: None if (one := self.parts.get(name)) is None else one.to_dict()
                for name in ("peak", "end", "mean", "mean_alone")
            },
            "r2": plain(self.r2),
            "r2_mean": plain(self.r2_mean),
            "p_beyond": plain(self.p_beyond),
            "moments": [one.to_dict() for one in self.moments],
            "themes": [one.to_dict() for one in self.themes],
            "method": dict(self.method),
            "warnings": list(self.warnings),
        }
