"""The drivers' part in the result, and each driver's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.analyses.decompose.part import Part
from kapula.results import plain


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
