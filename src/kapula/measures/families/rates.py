"""Events per so many units of exposure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kapula.measures.contract import Measure
from kapula.measures.engine.answers import Answer
from kapula.measures.engine.collect import Contribution
from kapula.measures.engine.request import Request
from kapula.measures.engine.sums import Sums
from kapula.measures.families.base import Design, Family, Figure, Gap, Overlap, common_warnings, shown_n
from kapula.statistics.intervals import garwood, p_by_inversion, square_and_add


class Rates(Family):
    """Σ events ÷ Σ exposure × ``per``. Without an exposure column each row is one unit of exposure.

    Interval ``poisson``: exact for a Poisson count (Garwood 1936). Interval ``ratio``, the default with weights or
    clusters: the linearised variance of the ratio, which allows for over-dispersion, turned into an effective count e
    = rate² ÷ variance whose Garwood interval is used (the gamma interval of Fay & Feuer 1997, Statistics in Medicine
    16, 791–801, without its correction).
    """

    name = "rate"
    unit = "raw"
    columns = ("events", "exposure?")
    defaults = {"per": 1.0}
    intervals = ("poisson", "ratio")

    def default_interval(self, request: Request) -> str:
        return "ratio" if request.weight is not None or request.cluster is not None else "poisson"

    def contribution(self, request: Request, answers: Mapping[str, Answer]) -> Contribution:
        y = answers["events"].value.cast("float64")
        if "exposure" not in answers:
            return Contribution(y)
        x = answers["exposure"].value.cast("float64")
        both = y.notnull() & x.notnull()
        return Contribution(both.ifelse(y, None), x=both.ifelse(x, None))

    def figure(self, sums: Sums, measure: Measure, design: Design) -> Figure:
        warnings = common_warnings(sums, design)
        if sums.x <= 0:
            return Figure(None, None, None, sums.n, shown_n(sums, design), (*warnings, "empty"))
        per = float(measure.options["per"])
        rate = sums.y / sums.x
        if design.interval == "ratio" and sums.units <= 1:
            return Figure(per * rate, None, None, sums.n, shown_n(sums, design), warnings)
        low, high = self._interval(sums, design)
        if sums.y == 0:
            warnings = (*warnings, "zero_variance")
        return Figure(per * rate, per * low, per * high, sums.n, shown_n(sums, design), warnings)

    def gap(self, first: Sums, second: Sums, overlap: Overlap, measure: Measure, design: Design) -> Gap:
        per = float(measure.options["per"])

        def interval(level: float) -> tuple[float, float]:
            at = replace(design, level=level)
            parts = [(sums.y / sums.x, *self._interval(sums, at)) for sums in (first, second)]
            return square_and_add(parts[0], parts[1], overlap.rho)

        low, high = interval(design.level)
        value = second.y / second.x - first.y / first.x
        return Gap(per * value, per * low, per * high, p_by_inversion(interval))

    def from_ratio(self, ratio: float, measure: Measure) -> float:
        return float(measure.options["per"]) * ratio

    @staticmethod
    def _interval(sums: Sums, design: Design) -> tuple[float, float]:
        """(low, high) of the rate per one unit of exposure."""
        rate = sums.y / sums.x
        if design.interval == "poisson":
            low, high = garwood(sums.y, design.level)
            return low / sums.x, high / sums.x
        if rate <= 0:
            return 0.0, garwood(0.0, design.level)[1] / (sums.x * sums.kish / sums.w)
        variance = sums.variance
        if variance <= 0:
            return rate, rate
        count = rate * rate / variance
        low, high = garwood(count, design.level)
        return low / count * rate, high / count * rate
