"""What penalty and reward are told as: figures at a pair of cuts, and each driver under every pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Figure:
    value: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float | None]:
        return {"value": plain(self.value), "low": plain(self.low), "high": plain(self.high)}


@dataclass(frozen=True, slots=True)
class AtCut:
    """One driver under one pair of cuts: answers ≤ ``low`` are low, ≥ ``high`` are high, ``low_share`` and ``high_share`` of the rows.
    ``penalty``, ``reward``: the outcome's difference from answers in between, in its own unit; ``asymmetry``: reward + penalty.
    ``kind``: "basic", "performance", "excitement", or None when not surely any."""

    low: float
    high: float
    low_share: float
    high_share: float
    penalty: Figure
    reward: Figure
    asymmetry: Figure
    kind: str | None

    def to_dict(self) -> dict[str, Any]:
        figures = {name: getattr(self, name).to_dict() for name in ("penalty", "reward", "asymmetry")}
        cuts = {name: getattr(self, name) for name in ("low", "high", "low_share", "high_share", "kind")}
        return {**cuts, **figures}


@dataclass(frozen=True, slots=True)
class DriverAsymmetry:
    """A driver under every pair of cuts, the main one first. ``kind``: its class when it is the same under all of them, else None."""

    name: str
    cuts: tuple[AtCut, ...]
    kind: str | None

    @property
    def penalty(self) -> Figure:
        return self.cuts[0].penalty

    @property
    def reward(self) -> Figure:
        return self.cuts[0].reward

    @property
    def asymmetry(self) -> Figure:
        return self.cuts[0].asymmetry

    @property
    def differs(self) -> bool:
        return len({cut.kind for cut in self.cuts}) > 1

    def to_dict(self) -> dict[str, Any]:
        main = self.cuts[0].to_dict()
        return {"name": self.name, **main, "kind": self.kind, "cuts": [cut.to_dict() for cut in self.cuts]}


@dataclass(frozen=True, slots=True)
class Asymmetry:
    drivers: tuple[DriverAsymmetry, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"drivers": [driver.to_dict() for driver in self.drivers]}
