"""From the engine's sums to one prepared series for each group: figures, gaps, breaks and change points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import NormalDist
from typing import Any

import numpy as np

from kapula.measures.engine.request import Request
from kapula.measures.engine.run import figure_of, group_label, row_of, row_order
from kapula.measures.engine.withhold import withhold
from kapula.measures.families.base import Design, Family, Figure, Overlap
from kapula.results import Difference, Row
from kapula.trends.comparability import Break
from kapula.trends.mixes import Mixes, find_breaks
from kapula.trends.noise import Floats
from kapula.trends.periods import is_full, label_of, period_start, sequence
from kapula.trends.results import TrendPoint
from kapula.trends.series import Part, Settings, split_up

GAP = ("empty",)
States = Mapping[tuple[Any, ...], Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, checked."""

    request: Request
    kind: Family
    design: Design
    as_of: date
    minimum_n: int
    settings: Settings

    @property
    def period(self) -> str:
        return self.request.period or "week"

    def figure(self, state: Any) -> Figure:
        return figure_of(self.kind, state, self.request.measure, self.design)

    def row(self, state: Any, group: tuple[Any, ...], label: str) -> Row:
        day = period_start(label, self.period) if "/" not in label else date.min
        return replace(row_of(self.request, (*group, day), self.figure(state), None), period=label)

    def subtract(self, by: Any, first: Any, second: Any, first_label: str, second_label: str) -> Difference | None:
        """second − first of the group ``by`` with its own interval; None where either has none. Answers of different periods are taken as
        independent (a customer who answers in both makes the interval a little too wide)."""
        one, two = (
            replace(self.row(sums, (), label), by=by) for sums, label in ((first, first_label), (second, second_label))
        )
        if one.low is None or two.low is None or one.high is None or two.high is None:
            return None
        apart = Overlap(df=first.units + second.units - 2) if self.design.clustered else Overlap()
        gap = self.kind.gap(first, second, apart, self.request.measure, self.design)
        if not np.isfinite([gap.low, gap.high]).all():
            return None
        return Difference(one, two, gap.value, gap.low, gap.high, gap.p, sure=not gap.low <= 0 <= gap.high)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One group's series before the whole scan is known. ``states``: label → sums, without suppressed periods. ``p``:
    of any change."""

    by: Any
    points: tuple[TrendPoint, ...]
    states: Mapping[str, Any]
    breaks: tuple[Break, ...]
    parts: tuple[Part, ...]
    p: float


def prepare(question: Question, states: States, mixes: Mixes) -> list[Prepared]:
    """Every group, in the order of ``kapula.measure``."""
    dated = {key: state for key, state in states.items() if key[-1] is not None}
    figures = {key: question.row(state, key[:-1], label_of(key[-1], question.period)) for key, state in dated.items()}
    rows = withhold(figures, question.minimum_n)
    groups: dict[tuple[Any, ...], dict[str, tuple[Row, Any]]] = {}
    for key, state in dated.items():
        groups.setdefault(key[:-1], {})[label_of(key[-1], question.period)] = (rows[key], state)
    prepared = [_prepare(question, group, found, mixes) for group, found in groups.items()]
    return sorted(prepared, key=lambda one: row_order(one.points[0].row))


def _prepare(
    question: Question, group: tuple[Any, ...], found: Mapping[str, tuple[Row, Any]], mixes: Mixes
) -> Prepared:
    period = question.period
    by = group_label(question.request, (*group, None))
    ordered = sorted(found, key=lambda label: period_start(label, period))
    labels = sequence(ordered[0], ordered[-1], period)
    rows = [found[label][0] if label in found else Row(by, label, None, None, None, 0, 0.0, GAP) for label in labels]
    points = tuple(
        TrendPoint(row, period_start(label, period).isoformat(), is_full(label, period, question.as_of), 0)
        for label, row in zip(labels, rows, strict=True)
    )
    shown = {label: found[label][1] for label, row in zip(labels, rows, strict=True) if row.value is not None}
    breaks = find_breaks(mixes, group, labels, period)
    hard = [labels.index(found.period) for found in breaks if found.hard]
    parts = split_up(points, _errors(question, labels, shown), hard, question.settings)
    p = min(1.0, len(parts) * min(part.segmentation.p for part in parts))
    return Prepared(by, points, shown, breaks, parts, p)


def _errors(question: Question, labels: Sequence[str], states: Mapping[str, Any]) -> Floats:
    """Standard errors of the shown figures: the family's, else read off its interval; NaN where there is neither."""
    errors = np.full(len(labels), np.nan)
    width = 2 * NormalDist().inv_cdf((1 + question.design.level) / 2)
    for index, label in enumerate(labels):
        if label not in states:
            continue
        figure = question.figure(states[label])
        if figure.se is not None:
            errors[index] = figure.se
        elif figure.low is not None and figure.high is not None:
            errors[index] = (figure.high - figure.low) / width
    return errors
