"""Promoters minus detractors, in points −100…100, with the adjusted Wald interval."""

from __future__ import annotations

import math
from collections.abc import Mapping

from kapula.measures.contract import Measure
from kapula.measures.engine.answers import Answer
from kapula.measures.engine.collect import Contribution
from kapula.measures.engine.request import Request
from kapula.measures.engine.sums import Sums
from kapula.measures.families.base import Design, Family, Figure, Gap, Overlap, common_warnings, design_n, shown_n
from kapula.statistics.intervals import adjusted_wald_points, interval_of_difference


class Points(Family):
    """Net score. Options ``detractor_max`` and ``promoter_min``: the cut-points on the declared scale.

    Interval ``adjusted_wald``: AW(3, T) of Rocks (2016), The American Statistician 70(4): ¾ of a promoter and of a
    detractor and 1½ passives are added before Wald's formula, so that a sample of promoters alone keeps a width. With
    weights or clusters the same is added to the design-based effective n. ``wald``: no adjustment. Bounds may pass
    ±100 in small samples; they are clipped for display only.
    """

    name = "points"
    unit = "points"
    defaults = {"detractor_max": 6, "promoter_min": 9}
    intervals = ("adjusted_wald", "wald")

    def contribution(self, request: Request, answers: Mapping[str, Answer]) -> Contribution:
        score = answers[request.measure.roles[0]].value
        options = request.measure.options
        promoter, detractor = score >= options["promoter_min"], score <= options["detractor_max"]
        net = promoter.cast("int32") - detractor.cast("int32")
        return Contribution(net, levels=((promoter, 1.0), (detractor, -1.0)), answered=score)

    def figure(self, sums: Sums, measure: Measure, design: Design) -> Figure:
        value = sums.y / sums.x
        center, se = self._center(sums, design)
        warnings = common_warnings(sums, design)
        if design.clustered and sums.units <= 1:
            return Figure(100 * sums.y / sums.x, None, None, sums.n, shown_n(sums, design), warnings)
        half = design.critical(sums) * se
        low, high = min(center - half, value), max(center + half, value)
        if sums.spread <= 1e-12:
            warnings = (*warnings, "zero_variance")
        return Figure(100 * sums.y / sums.x, 100 * low, 100 * high, sums.n, shown_n(sums, design), warnings, 100 * se)

    def gap(self, first: Sums, second: Sums, overlap: Overlap, measure: Measure, design: Design) -> Gap:
        (c1, s1), (c2, s2) = self._center(first, design), self._center(second, design)
        se = math.sqrt(max(0.0, s1 * s1 + s2 * s2 - 2 * overlap.rho * s1 * s2))
        value = second.ratio - first.ratio
        low, high, p = interval_of_difference(c2 - c1, se, overlap.df, design.level)
        return Gap(100 * value, 100 * min(low, value), 100 * max(high, value), p)

    def from_ratio(self, ratio: float, measure: Measure) -> float:
        return 100 * ratio

    def bounds(self, measure: Measure) -> tuple[float, float]:
        return (-100.0, 100.0)

    def _center(self, sums: Sums, design: Design) -> tuple[float, float]:
        n = design_n(sums, design)
        added = 0.0 if design.interval == "wald" else 3.0
        return adjusted_wald_points(sums.ratio, sums.m2 / sums.w, n, added=added)
