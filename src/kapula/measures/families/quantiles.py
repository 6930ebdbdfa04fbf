"""Percentiles with order-statistic intervals; Woodruff's where answers are weighted or clustered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from kapula.errors import ParameterError
from kapula.measures.contract import Measure
from kapula.measures.engine.answers import Answer
from kapula.measures.engine.collect import Contribution, Key, collect_sums
from kapula.measures.engine.order import at_targets, join_parameters, steps
from kapula.measures.engine.request import Request
from kapula.measures.engine.sums import Sums
from kapula.measures.families.base import Design, Family, Figure, Gap, Overlap, common_warnings, design_n, shown_n
from kapula.statistics.intervals import square_and_add, wilson
from kapula.statistics.laws import binomial_quantile


@dataclass(frozen=True, slots=True)
class Ordered(Sums):
    """A group's counts with its percentile and bounds. Percentiles of parts do not add up to that of the whole."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


class Quantiles(Family):
    """The value that a share ``p`` of answers does not exceed.

    Definition: the inverse of the (weighted) distribution function, averaged with the next value where it is hit
    exactly (type 2 of Hyndman & Fan 1996, The American Statistician 50, 361–365), so the median of an even number is
    the middle of two. Interval ``order``: order statistics by the binomial law (Conover 1999, 3.2); a bound that too
    few answers can give is None. With weights or clusters ``woodruff``: Wilson's interval of the share p on the
    design's effective n, read back through the distribution (Woodruff 1952, JASA 47, 635–646).
    """

    name = "quantile"
    unit = "raw"
    columns = ("value",)
    defaults = {"p": 0.5}
    intervals = ("order", "woodruff")
    bootstrap = False
    mergeable = False

    def default_interval(self, request: Request) -> str:
        return "woodruff" if request.weight is not None or request.cluster is not None else "order"

    def contribution(self, request: Request, answers: Mapping[str, Answer]) -> Contribution:
        return Contribution(next(iter(answers.values())).value.cast("float64"))

    def collect(self, request: Request, design: Design) -> dict[Key, Sums]:
        p = float(request.measure.options["p"])
        if not 0 < p < 1:
            raise ParameterError(
                f"p={p:g} is not a percentile.", hint="Give 0 < p < 1.", parameter="p", value=p, allowed=["0 < p < 1"]
            )
        answers = self.read(request)
        row = self.contribution(request, answers)
        counted = collect_sums(request, answers, row)
        some = {key: sums for key, sums in counted.items() if sums.n}
        if not some:
            return {key: _ordered(sums, None, None, None) for key, sums in counted.items()}
        table = steps(request, row.y)
        values = at_targets(request, table, {key: [p * sums.w] for key, sums in some.items()}, middle=True)
        below = self._below(request, answers, row, values) if design.interval == "woodruff" else some
        targets = {key: self._targets(below.get(key, sums), sums, p, design) for key, sums in some.items()}
        bounds = at_targets(request, table, targets, middle=False)
        return {
            key: _ordered(sums, *((values[key][0], *bounds[key]) if key in some else (None, None, None)))
            for key, sums in counted.items()
        }

    def figure(self, sums: Sums, measure: Measure, design: Design) -> Figure:
        assert isinstance(sums, Ordered)
        warnings = common_warnings(sums, design)
        if sums.low is None or sums.high is None:
            warnings = (*warnings, "interval_open")
        return Figure(sums.value, sums.low, sums.high, sums.n, shown_n(sums, design), warnings)

    def gap(self, first: Sums, second: Sums, overlap: Overlap, measure: Measure, design: Design) -> Gap:
        assert isinstance(first, Ordered)
        assert isinstance(second, Ordered)
        low, high = square_and_add(_triple(first), _triple(second), overlap.rho)
        return Gap(_triple(second)[0] - _triple(first)[0], low, high, None)

    def _below(
        self,
        request: Request,
        answers: Mapping[str, Answer],
        row: Contribution,
        values: Mapping[Key, list[float | None]],
    ) -> dict[Key, Sums]:
        """Sums of "not above the percentile", whose linearised variance Woodruff's interval needs."""
        joined, parameter = join_parameters(request, {key: [found[0]] for key, found in values.items()}, row.y)
        again = replace(request, table=joined, measure=replace(request.measure, scale=None))
        test = (joined["_answer"] <= joined[parameter]).cast("int32").cast("float64")
        found = collect_sums(again, {}, Contribution(joined["_answer"].isnull().ifelse(None, test)))
        return dict(found)

    @staticmethod
    def _targets(below: Sums, sums: Sums, p: float, design: Design) -> list[float | None]:
        """How much weight lies at or under the lower and the upper bound; None where no bound can be given."""
        if design.interval == "order":
            tail = (1 - design.level) / 2
            low = float(binomial_quantile(tail, sums.n, p))
            high = float(binomial_quantile(1 - tail, sums.n, p)) + 1
            return [low if low >= 1 else None, high if high <= sums.n else None]
        if design.clustered and below.units <= 1:
            return [None, None]
        low, high = wilson(p, design_n(below, design), design.critical(below))
        return [low * sums.w if low > 0 else None, high * sums.w if high < 1 else None]


def _ordered(sums: Sums, value: float | None, low: float | None, high: float | None) -> Ordered:
    same = {f.name: getattr(sums, f.name) for f in fields(Sums)}
    low = low if low is None or value is None else min(low, value)
    high = high if high is None or value is None else max(high, value)
    return Ordered(**same, value=value, low=low, high=high)


def _triple(state: Ordered) -> tuple[float, float, float]:
    if state.value is None or state.low is None or state.high is None:
        raise ValueError("a percentile without both bounds has no difference interval")
    return state.value, state.low, state.high
