"""What a decomposition returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from kapula.analyses.columns import text
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Part:
    """A figure in the measure's unit with its interval (None where it has none) and two-sided p."""

    value: float
    low: float | None = None
    high: float | None = None
    p: float | None = None

    @property
    def sure(self) -> bool:
        """The interval excludes zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    def named(self, name: str) -> dict[str, float | None]:
        """``{name: value, name_low: …, name_high: …}``."""
        return {name: plain(self.value), f"{name}_low": plain(self.low), f"{name}_high": plain(self.high)}


@dataclass(frozen=True, slots=True)
class SegmentPart:
    """One segment's part of the change.

    ``status``: "both", "entered" (no answers in the first period) or "left". ``share_…``: of the weight (of the exposure, in a rate).
    ``value_…``: the measure in the segment, None where it had no answers. ``change``: the segment's own change; ``sure``: that change is
    surely not zero after Holm's correction over the segments. ``pooled``: the segments put together because each was too small.
    """

    segment: Any
    status: str
    n_first: int
    n_second: int
    share_first: float
    share_second: float
    value_first: float | None
    value_second: float | None
    mix: Part
    within: Part
    change: Part | None
    sure: bool = False
    warnings: tuple[str, ...] = ()
    pooled: tuple[Any, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """``low`` and ``high`` are those of ``within``."""
        own = (
            {"change": None, "change_low": None, "change_high": None}
            if self.change is None
            else self.change.named("change")
        )
        return {
            "segment": self.segment,
            "mix": plain(self.mix.value),
            "within": plain(self.within.value),
            "low": plain(self.within.low),
            "high": plain(self.within.high),
            "mix_low": plain(self.mix.low),
            "mix_high": plain(self.mix.high),
            **own,
            "sure": self.sure,
            "status": self.status,
            "n_first": self.n_first,
            "n_second": self.n_second,
            "share_first": plain(self.share_first),
            "share_second": plain(self.share_second),
            "value_first": plain(self.value_first),
            "value_second": plain(self.value_second),
            "warnings": list(self.warnings),
            "pooled": list(self.pooled),
        }


@dataclass(frozen=True, slots=True)
class BreakPart:
    """Figures of the two periods are not, or may not be, comparable. ``part``: how much of the total change coincides with the change of
    that mix. ``period``: the first period of the new mix where a time column tells it."""

    code: str
    hard: bool
    distance: float
    p: float
    period: str | None
    n_first: int
    n_second: int
    before: Mapping[str, float]
    after: Mapping[str, float]
    part: Part

    def to_dict(self) -> dict[str, Any]:
        found = {
            name: getattr(self, name) for name in ("code", "hard", "distance", "p", "period", "n_first", "n_second")
        }
        return {
            **found,
            "part": plain(self.part.value),
            "low": plain(self.part.low),
            "high": plain(self.part.high),
            "before": dict(self.before),
            "after": dict(self.after),
        }


@dataclass(frozen=True, slots=True)
class DriverPart:
    """A driver's level part: the change of its mean times its coefficient (the mean of the two periods')."""

    name: str
    mean_first: float
    mean_second: float
    coefficient: float
    levels: Part

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "mean_first": plain(self.mean_first),
            "mean_second": plain(self.mean_second),
            "coefficient": plain(self.coefficient),
            "levels": plain(self.levels.value),
            "low": plain(self.levels.low),
            "high": plain(self.levels.high),
        }


@dataclass(frozen=True, slots=True)
class DriversPart:
    """total = levels + coefficients + residual. ``levels``: the drivers' means moved. ``coefficients``: the change at unchanged driver
    levels. ``residual``: the total change minus that among the ``n`` answers in which every driver was answered."""

    n: int
    levels: Part
    coefficients: Part
    residual: float
    drivers: tuple[DriverPart, ...]
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "n": self.n,
            **self.levels.named("levels"),
            **self.coefficients.named("coefficients"),
            "residual": plain(self.residual),
            "drivers": [driver.to_dict() for driver in self.drivers],
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Stretch:
    """The whole stretch, period by period. Slopes per year: of the figures, of the figures at the stretch's constant
    mix (``within``), and of
    their difference (``mix``). ``change``: the slope times the length. ``flat``: the change is surely inside the margin."""

    grain: str
    first: str
    last: str
    periods: int
    years: float
    total: Part
    within: Part
    mix: Part
    change: Part
    flat: bool
    points: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "grain": self.grain,
            "first": self.first,
            "last": self.last,
            "periods": self.periods,
            "years": plain(self.years),
            **self.total.named("slope_per_year"),
            **self.within.named("within_per_year"),
            **self.mix.named("mix_per_year"),
            **self.change.named("change"),
            "flat": self.flat,
            "points": [dict(point) for point in self.points],
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class ColumnSplit:
    """Mix and within by one of several segment columns alone."""

    column: str
    mix: Part
    within: Part

    def to_dict(self) -> dict[str, Any]:
        return {"column": self.column, **self.mix.named("mix"), **self.within.named("within")}


@dataclass(frozen=True, slots=True)
class DecomposeResult:
    """The change second − first in the measure's unit: total = mix + within, each the sum of its segments' parts.

    ``parts``: "total", "mix" and "within", empty when there was not enough. ``flat``: the 1 − 2α interval of the total lies inside
    ±``margin``. ``threefold``: the same total as mix and within at the first period's values plus their interaction.
    ``offsetting``: segments that surely rose and surely fell, by more than the margin.
    """

    measure: str
    unit: str
    verdict: str
    n: int
    needed_n: int | None
    first: str
    second: str
    n_first: int
    n_second: int
    value_first: float | None = None
    value_second: float | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    margin: float | None = None
    flat: bool | None = None
    threefold: Mapping[str, float] = field(default_factory=dict)
    segments: tuple[SegmentPart, ...] = ()
    offsetting: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    columns: tuple[ColumnSplit, ...] = ()
    breaks: tuple[BreakPart, ...] = ()
    drivers: DriversPart | None = None
    stretch: Stretch | None = None
    warnings: tuple[str, ...] = ()
    method: Mapping[str, Any] = field(default_factory=dict)
    set_aside: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        none = Part(float("nan"))
        sums = {
            key: found
            for name in ("total", "mix", "within")
            for key, found in self.parts.get(name, none).named(name).items()
        }
        alone = ("measure", "unit", "verdict", "n", "needed_n", "first", "second", "n_first", "n_second", "flat")
        return {
            **{name: getattr(self, name) for name in alone},
            "value_first": plain(self.value_first),
            "value_second": plain(self.value_second),
            **sums,
            "margin": plain(self.margin),
            "threefold": {name: plain(value) for name, value in self.threefold.items()},
            "segments": [part.to_dict() for part in self.segments],
            "offsetting": {name: list(found) for name, found in self.offsetting.items()},
            "columns": [split.to_dict() for split in self.columns],
            "breaks": [one.to_dict() for one in self.breaks],
            "drivers": None if self.drivers is None else self.drivers.to_dict(),
            "stretch": None if self.stretch is None else self.stretch.to_dict(),
            "warnings": list(self.warnings),
            "method": dict(self.method),
            "set_aside": dict(self.set_aside),
        }

    def to_arrow(self) -> pa.Table:
        """One row a segment."""
        rows = [{**part.to_dict(), "segment": _text(part.segment)} for part in self.segments]
        return pa.Table.from_pylist(rows) if rows else pa.table({"segment": pa.array([], pa.string())})


def _text(segment: Any) -> str | None:
    if isinstance(segment, Mapping):
        return " · ".join("" if value is None else text(value) for value in segment.values())
    return None if segment is None else text(segment)
