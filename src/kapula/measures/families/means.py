"""Means with Student's t interval: of one column, of several columns per respondent, and of a difference of two
columns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from kapula.measures.contract import Measure
from kapula.measures.engine.answers import Answer
from kapula.measures.engine.collect import Contribution
from kapula.measures.engine.infinite import infinite
from kapula.measures.engine.request import Request
from kapula.measures.engine.sums import Sums
from kapula.measures.families.base import Design, Family, Figure, Gap, Overlap, common_warnings, shown_n
from kapula.statistics.intervals import interval_of_difference
from kapula.statistics.laws import t_quantile
from kapula.tables import fetch


class Means(Family):
    """The mean; with several columns, of each respondent's mean over them (who left one blank is left out).

    Interval ``t``: value ± t·se with n − 1 degrees of freedom (clusters − 1 with clusters), se Taylor-linearised;
    without weights the textbook s/√n. Differences: Welch–Satterthwaite degrees of freedom without clusters (Welch
    1947, Biometrika 34, 28–35).
    """

    name = "mean"
    unit = "scale"
    intervals = ("t",)

    def contribution(self, request: Request, answers: Mapping[str, Answer]) -> Contribution:
        y, whole = self.combined(answers)
        if self.bounds(request.measure) is not None:
            return Contribution(y.cast("int64") if whole else y)
        y = y.cast("float64")
        # The least, and not the mean, whose last digits depend on the order in which an engine adds. It lies within √(n − 1) standard
        # deviations of the mean (Samuelson 1968, JASA 63, 1522–1525), so that a variance keeps all but log₁₀ n of its 15 digits.
        shift = fetch(request.table.aggregate(m=infinite(y).ifelse(None, y).min()))["m"][0].as_py() or 0.0
        return Contribution(y - shift, shift=float(shift)) if shift else Contribution(y)

    def combined(self, answers: Mapping[str, Answer]) -> tuple[Any, bool]:
        """One value per respondent, and whether it is a whole number by type."""
        values: list[Any] = [answer.value for answer in answers.values()]
        if len(values) == 1:
            return values[0], next(iter(answers.values())).whole_type
        total = values[0].cast("float64")
        for value in values[1:]:
            total = total + value.cast("float64")
        return total / float(len(values)), False

    def figure(self, sums: Sums, measure: Measure, design: Design) -> Figure:
        value, se, df = sums.ratio, math.sqrt(sums.variance) if sums.units > 1 else math.nan, sums.units - 1
        warnings = common_warnings(sums, design)
        if sums.units <= 1:
            return Figure(value, None, None, sums.n, shown_n(sums, design), warnings)
        if sums.spread <= 1e-12 * value * value:
            warnings = (*warnings, "zero_variance")
        half = t_quantile((1 + design.level) / 2, df) * se
        return Figure(value, value - half, value + half, sums.n, shown_n(sums, design), warnings, se, df)

    def gap(self, first: Sums, second: Sums, overlap: Overlap, measure: Measure, design: Design) -> Gap:
        v1, v2 = first.variance, second.variance
        variance = max(0.0, v1 + v2 - 2 * overlap.rho * math.sqrt(v1) * math.sqrt(v2))
        # Shares of the variance and not its square, which large and small figures do not have.
        share = v1 / (v1 + v2) if v1 + v2 > 0 else math.nan
        below = share * share / (first.units - 1) + (1 - share) ** 2 / (second.units - 1)
        welch = 1 / below if below > 0 else math.inf
        df = overlap.df if design.clustered else welch
        value = second.ratio - first.ratio
        return Gap(value, *interval_of_difference(value, math.sqrt(variance), df, design.level))

    def bounds(self, measure: Measure) -> tuple[float, float] | None:
        scale = measure.scale
        return None if scale is None or scale.low is None or scale.high is None else (scale.low, scale.high)


class Gaps(Means):
    """The mean of first column minus second, per respondent who gave both."""

    name = "gap"
    columns = ("experience", "expectation")

    def combined(self, answers: Mapping[str, Answer]) -> tuple[Any, bool]:
        first, second = answers.values()
        whole = first.whole_type and second.whole_type
        kind = "int64" if whole else "float64"
        return first.value.cast(kind) - second.value.cast(kind), whole

    def bounds(self, measure: Measure) -> tuple[float, float] | None:
        inside = super().bounds(measure)
        return None if inside is None else (inside[0] - inside[1], inside[1] - inside[0])
