"""Shares 0…1 with Wilson's interval and Newcombe's for differences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kapula.errors import ParameterError
from kapula.measures.contract import Measure, Scale
from kapula.measures.engine.answers import Answer, read_answers
from kapula.measures.engine.collect import Contribution
from kapula.measures.engine.request import Request, wrong_type
from kapula.measures.engine.sums import Sums
from kapula.measures.families.base import Design, Family, Figure, Gap, Overlap, common_warnings, design_n, shown_n
from kapula.statistics.intervals import p_by_inversion, square_and_add, wilson


class Shares(Family):
    """The share of answers that count as yes.

    Options: ``positive``: the values that count (text or numbers); ``top``: so many highest points of the scale;
    neither: 1 or true. When every ``positive`` value lies on the declared scale the scale still holds; otherwise any
    answer is allowed.
    """

    name = "share"
    unit = "share"
    defaults = {"positive": None, "top": None}
    intervals = ("wilson",)

    def read(self, request: Request) -> dict[str, Answer]:
        request = self._rescaled(request)
        column = next(iter(request.columns.values()))
        text = request.table[column].type().is_string()
        if text and request.measure.options["positive"] is None:
            raise wrong_type(request.table, column, "numbers (or say which values count with positive=[…])")
        return read_answers(request, numeric=not text)

    def contribution(self, request: Request, answers: Mapping[str, Answer]) -> Contribution:
        answer = next(iter(answers.values())).value
        options, scale = request.measure.options, request.measure.scale
        if options["positive"] is not None:
            test = answer.isin(_values(options["positive"]))
        elif options["top"] is not None:
            if scale is None or scale.high is None:
                raise ParameterError(
                    "A top-box share needs a scale.", hint="Give scale=(low, high).", parameter="scale", value=None
                )
            test = answer >= scale.high - options["top"] + 1
        else:
            test = answer == 1
        return Contribution(test.cast("int32"), levels=((test, 1.0),), answered=answer)

    def figure(self, sums: Sums, measure: Measure, design: Design) -> Figure:
        value, warnings = self._share(sums), common_warnings(sums, design)
        if design.clustered and sums.units <= 1:
            return Figure(value, None, None, sums.n, shown_n(sums, design), warnings)
        low, high = wilson(value, design_n(sums, design), design.critical(sums))
        if value in (0.0, 1.0):
            warnings = (*warnings, "zero_variance")
        return Figure(value, low, high, sums.n, shown_n(sums, design), warnings)

    def gap(self, first: Sums, second: Sums, overlap: Overlap, measure: Measure, design: Design) -> Gap:
        def interval(level: float) -> tuple[float, float]:
            parts = []
            for sums in (first, second):
                share, at = self._share(sums), replace(design, level=level)
                parts.append((share, *wilson(share, design_n(sums, design), at.critical(sums))))
            return square_and_add(parts[0], parts[1], overlap.rho)

        low, high = interval(design.level)
        return Gap(self._share(second) - self._share(first), low, high, p_by_inversion(interval))

    def bounds(self, measure: Measure) -> tuple[float, float]:
        return (0.0, 1.0)

    @staticmethod
    def _share(sums: Sums) -> float:
        """Rounding in weighted sums must not leave 0…1."""
        return min(1.0, max(0.0, sums.y / sums.x))

    @staticmethod
    def _rescaled(request: Request) -> Request:
        measure = request.measure
        scale, positive = measure.scale, measure.options["positive"]
        if positive is None or scale is None:
            return request
        numbers = [value for value in _values(positive) if isinstance(value, int | float)]
        low = float("-inf") if scale.low is None else scale.low
        high = float("inf") if scale.high is None else scale.high
        if len(numbers) == len(_values(positive)) and all(low <= number <= high for number in numbers):
            return request
        return replace(request, measure=replace(measure, scale=Scale(None, None, False, scale.missing)))


def _values(positive: object) -> list[object]:
    return list(positive) if isinstance(positive, list | tuple | set | frozenset) else [positive]
