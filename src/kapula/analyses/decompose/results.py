"""What a decomposition returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from kapula.analyses.columns import text
from kapula.analyses.decompose.break_result import BreakPart
from kapula.analyses.decompose.driver_result import DriversPart
from kapula.analyses.decompose.part import Part
from kapula.analyses.decompose.segment_result import ColumnSplit, SegmentPart
from kapula.analyses.decompose.stretch_result import Stretch
from kapula.results import plain


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
