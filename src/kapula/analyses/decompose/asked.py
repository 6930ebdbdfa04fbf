"""The question as all parts of the decomposition take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kapula.analyses.decompose.sides import SIDE, Sides
from kapula.measures.engine.collect import Contribution
from kapula.measures.engine.request import Request
from kapula.measures.families.base import Design, Family


@dataclass(frozen=True, slots=True)
class Asked:
    """``request``: over the rows of the two periods. ``row``: what a row gives. ``factor``: figure per ratio (100 in a net score)."""

    request: Request
    kind: Family
    row: Contribution
    sides: Sides
    segments: tuple[str, ...]
    design: Design
    n_boot: int
    seed: int
    minimum_n: int

    @property
    def factor(self) -> float:
        measure = self.request.measure
        return self.kind.from_ratio(1.0, measure) - self.kind.from_ratio(0.0, measure)

    def figure(self, ratio: float) -> float:
        """The figure of a ratio of sums."""
        return self.kind.from_ratio(ratio + self.row.shift, self.request.measure)


def by_columns(asked: Asked, segments: tuple[str, ...]) -> Asked:
    """The same question by other columns."""
    return replace(asked, segments=segments, request=replace(asked.request, by=(*segments, SIDE)))


@dataclass(frozen=True, slots=True)
class Extras:
    """What is asked beside the split. ``sources``: kind of break → column. ``time``, ``grain``, ``timezone``: of the whole stretch."""

    sources: Mapping[str, str | None]
    drivers: tuple[str, ...]
    margin: float | None
    period: str | None
    time: str | None
    grain: str
    timezone: str
