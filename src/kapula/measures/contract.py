"""What a measure is: a declaration, one Ibis expression per row, and a variance.

Every measure reduces to engine-side sums over rows, so the same code runs on DuckDB, PostgreSQL and Spark. A module
in this package declares one measure and registers it; the shared invariants in
``tests/library/test_measure_contract.py`` then apply to it. The expression and the variance belong to the measure's
*family* (``measures/families/<name>.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

UNITS: Final = ("points", "share", "scale", "raw")


@dataclass(frozen=True, slots=True)
class Scale:
    """A declared answer scale. ``low``/``high`` inclusive (None = open); ``whole``: only whole numbers are answers;
    ``missing``: codes that mean "no answer" (set to null before anything else, whether on or off the scale)."""

    low: float | None
    high: float | None
    whole: bool = True
    missing: tuple[float, ...] = ()

    def with_missing(self, *codes: float) -> Scale:
        return replace(self, missing=tuple(dict.fromkeys((*self.missing, *codes))))

    def to_dict(self) -> dict[str, Any]:
        return {"low": self.low, "high": self.high, "whole": self.whole, "missing": list(self.missing)}


@dataclass(frozen=True, slots=True)
class Measure:
    """One declared measure.

    ``name``: the code used everywhere. ``family``: which estimator (see ``measures/families``): how a row contributes
    and how the interval is made. ``unit``: one of UNITS. ``scale``: None for operational values.
    ``higher_is_better``: direction. ``columns``: the roles of the columns it reads, in order ("score",) or
    ("experience", "expectation"); a role that ends in "?" may be left out. ``options``: the family's parameters
    (cut-points, top box, percentile …), each of which a call may override by keyword. ``wording``: the question as
    asked, by language, where the measure prescribes one.
    """

    name: str
    family: str
    unit: str
    scale: Scale | None
    higher_is_better: bool = True
    columns: tuple[str, ...] = ("score",)
    options: Mapping[str, Any] = field(default_factory=dict)
    wording: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(role.rstrip("?") for role in self.columns)

    def to_dict(self) -> dict[str, Any]:
        """The declaration as plain JSON; ``declare`` reads it back."""
        return {
            "name": self.name,
            "family": self.family,
            "unit": self.unit,
            "scale": None if self.scale is None else self.scale.to_dict(),
            "higher_is_better": self.higher_is_better,
            "columns": list(self.columns),
            "options": dict(self.options),
            "wording": dict(self.wording),
            "source": self.source,
        }
