"""What a family of measures is: how a row contributes, and how sums become a figure and two figures a difference."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from kapula.measures.contract import Measure
from kapula.measures.engine.answers import Answer, read_answers
from kapula.measures.engine.collect import Contribution, Key, collect_sums
from kapula.measures.engine.request import Request
from kapula.measures.engine.sums import Sums
from kapula.statistics.laws import t_quantile

FEW_CLUSTERS = 30


@dataclass(frozen=True, slots=True)
class Design:
    """How the interval is to be made. ``interval``: one of the family's; ``level``: its confidence level; ``seed``
    and ``replicates`` for the bootstrap."""

    level: float = 0.95
    interval: str = ""
    weighted: bool = False
    clustered: bool = False
    seed: int = 0
    replicates: int = 2000

    def critical(self, sums: Sums) -> float:
        """Normal quantile; with clusters Student's t with (clusters − 1) degrees of freedom."""
        upper = (1 + self.level) / 2
        if self.clustered:
            return t_quantile(upper, sums.units - 1) if sums.units > 1 else float("nan")
        return t_quantile(upper, math.inf)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in the measure's unit. ``se``: its standard error where it has one; ``df``: degrees of freedom (inf
    = normal)."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    n_effective: float
    warnings: tuple[str, ...] = ()
    se: float | None = None
    df: float = float("inf")


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two estimates share: ``rho``, their correlation, and ``df``, degrees of freedom of their difference (inf =
    normal)."""

    rho: float = 0.0
    df: float = float("inf")


@dataclass(frozen=True, slots=True)
class Gap:
    """Second minus first, with its interval and p."""

    value: float
    low: float
    high: float
    p: float | None


class Family(ABC):
    """An estimator shared by measures. Register an instance in ``families/__init__.py``."""

    name: ClassVar[str]
    unit: ClassVar[str]
    columns: ClassVar[tuple[str, ...]] = ("score",)
    defaults: ClassVar[Mapping[str, Any]] = {}
    intervals: ClassVar[tuple[str, ...]]
    """The first is the default."""
    bootstrap: ClassVar[bool] = True
    numeric: ClassVar[bool] = True
    mergeable: ClassVar[bool] = True
    """Whether the sums of parts add up to those of the whole."""

    @abstractmethod
    def contribution(self, request: Request, answers: Mapping[str, Answer]) -> Contribution:
        """What one row gives, as Ibis expressions."""

    @abstractmethod
    def figure(self, sums: Sums, measure: Measure, design: Design) -> Figure:
        """The figure of one group; its sums hold at least one answer of positive weight."""

    @abstractmethod
    def gap(self, first: Sums, second: Sums, overlap: Overlap, measure: Measure, design: Design) -> Gap:
        """The difference of two groups; ``overlap``: what clusters that are in both do to it."""

    def bounds(self, measure: Measure) -> tuple[float, float] | None:
        """Least and greatest possible value, or None. Screens clip intervals to it; the library does not unless
        asked."""
        return None

    def from_ratio(self, ratio: float, measure: Measure) -> float:
        """The figure that belongs to a ratio of sums (used by the bootstrap)."""
        return ratio

    def default_interval(self, request: Request) -> str:
        return self.intervals[0]

    def read(self, request: Request) -> dict[str, Answer]:
        return read_answers(request, numeric=self.numeric)

    def collect(self, request: Request, design: Design) -> dict[Key, Sums]:
        """Every group's sums, in one pass."""
        answers = self.read(request)
        return collect_sums(request, answers, self.contribution(request, answers))


def design_n(sums: Sums, design: Design) -> float:
    """The n of simple random sampling with the same variance: spread ÷ linearised variance, at most n.

    Without weights and clusters exactly n. Where all answers are alike the variance says nothing, so Kish's n of the
    units' weights is used. Source: Korn & Graubard (1998), Survey Methodology 24(2); Kish (1965), Survey Sampling.
    """
    if not design.weighted and not design.clustered:
        return float(sums.n)
    variance = sums.variance if design.clustered else sums.variance_unscaled
    if np.isfinite(variance) and variance > 1e-12 * max(sums.spread, 1e-300) and sums.spread > 1e-12:
        return float(min(sums.n, sums.spread / variance))
    return float(min(sums.n, sums.w * sums.w / sums.xx)) if sums.xx else 0.0


def shown_n(sums: Sums, design: Design) -> float:
    """The effective n to show: n itself, Kish's for weights, the design's for clusters."""
    return design_n(sums, design) if design.clustered else sums.kish if design.weighted else float(sums.n)


def common_warnings(sums: Sums, design: Design) -> tuple[str, ...]:
    """Codes that hold for every family."""
    found = []
    if design.clustered and sums.units < FEW_CLUSTERS:
        found.append("single_cluster" if sums.units <= 1 else "few_clusters")
    if design.weighted and sums.kish < sums.n / 2:
        found.append("unequal_weights")
    if sums.off:
        found.append("off_scale_set_aside")
    return tuple(found)
