"""The whole stretch in the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kapula.analyses.decompose.part import Part
from kapula.results import plain


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
