"""``kapula.trend``: a measure over time, with what surely changed and what cannot be compared.

Periods without answers stand in ``rows`` with n 0. Change points are found at a false-alarm rate of 5 % for one series; with
``by``, groups keep theirs after Benjamini–Hochberg over all groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ibis.expr import types as ir

from kapula.errors import ParameterError
from kapula.measures.contract import Measure
from kapula.measures.engine.periods import filtered
from kapula.measures.engine.request import Request
from kapula.measures.engine.run import make_design, make_request, method_of, set_aside
from kapula.measures.engine.withhold import require_minimum_n
from kapula.measures.families import family
from kapula.measures.families.base import Design, Family
from kapula.schema import require
from kapula.statistics.differences import benjamini_hochberg
from kapula.tables import as_table
from kapula.trends.facts import summarise
from kapula.trends.mixes import find_mixes
from kapula.trends.periods import require_period
from kapula.trends.prepare import Prepared, Question, prepare
from kapula.trends.results import TrendResult, TrendSeries
from kapula.trends.rules import DEFAULT_RULES, require_rules
from kapula.trends.series import Settings, draw
from kapula.trends.times import as_days, period_of

FALSE_ALARMS = 0.05
USUAL = "week"


def trend(
    table: Any,
    measure: str | Measure | Mapping[str, Any],
    time: str,
    period: str | None = None,
    by: str | Sequence[str] | None = None,
    weight: str | None = None,
    cluster: str | None = None,
    filters: Any = None,
    *,
    column: str | None = None,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    wording: str | None = None,
    channel: str | None = None,
    language: str | None = None,
    scale_version: str | None = None,
    as_of: date | None = None,
    ewma_weight: float = 0.3,
    limit_width: float = 3.0,
    rules: Sequence[str] = DEFAULT_RULES,
    baseline: int | None = None,
    level: float = 0.95,
    interval: str | None = None,
    minimum_n: int = 0,
    missing: Any = (),
    scale: Any = None,
    off_scale: str = "error",
    timezone: str = "UTC",
    **options: Any,
) -> TrendResult:
    """A measure by period, with control limits, signals, change points, breaks and the facts a page opens with.

    Measures as :func:`kapula.measure` does, with its arguments. ``period``: left out, weeks, or what ``time`` names where it names
    longer periods (2026-01, 2026-Q1). ``wording``, ``channel``, ``language``, ``scale_version``: columns in which breaks are looked for;
    a change of scale is also found in the answers. Limits and change points are computed within the stretches between breaks of scale
    or wording. ``as_of`` (default: today) decides which periods are full; others are shown but estimate nothing. ``ewma_weight`` λ,
    ``limit_width`` in standard deviations, ``rules`` (see :mod:`kapula.trends.rules`), ``baseline``: rest the limits on the first so
    many periods of each stretch. Raises :class:`~kapula.errors.KapulaError`.
    """
    require_minimum_n(minimum_n)
    settings = Settings(ewma_weight, limit_width, require_rules(rules), _baseline(baseline))
    rows, period = _timed(filtered(as_table(table), filters), time, period)
    request = make_request(
        rows, measure, by=by, time=time, period=period, weight=weight, cluster=cluster, filters=None,
        column=column if columns is None else columns, missing=missing, scale=scale, off_scale=off_scale,
        timezone=timezone, options=options,
    )  # fmt: skip
    sources = _sources(request, wording=wording, channel=channel, language=language, scale=scale_version)
    kind, design = _design(request, level, interval)
    question = Question(request, kind, design, as_of or date.today(), minimum_n, settings)
    states = kind.collect(request, design)
    return TrendResult(
        measure=request.measure.name,
        unit=request.measure.unit,
        period=period,
        series=_all_series(question, prepare(question, states, find_mixes(request, kind, sources))),
        method=method_of(request, kind, design, minimum_n=minimum_n) | _method(question, sources),
        set_aside=set_aside(request, states),
    )


def _timed(rows: ir.Table, time: str, period: str | None) -> tuple[ir.Table, str]:
    """The rows with the periods that their times name as days, and the periods that are followed."""
    if period is not None:
        require_period(period)
    dated, named = as_days(rows, time)
    return dated, period_of(period, named, time, USUAL)


def _sources(request: Request, **named: str | None) -> dict[str, str | None]:
    """Where breaks are looked for: kind → column. Raises :class:`~kapula.errors.UnknownColumnError`."""
    require(request.table.columns, [name for name in named.values() if name])
    return named


def _all_series(question: Question, prepared: Sequence[Prepared]) -> tuple[TrendSeries, ...]:
    trusted = corrected([one.p for one in prepared])
    bounds = question.kind.bounds(question.request.measure)
    return tuple(_series(question, one, kept, bounds) for one, kept in zip(prepared, trusted, strict=True))


def _series(question: Question, one: Prepared, trusted: bool, bounds: tuple[float, float] | None) -> TrendSeries:
    drawn = draw(one.points, one.parts, question.settings, bounds, trusted=trusted)
    codes = (found.code for found in one.breaks)
    return TrendSeries(
        by=one.by,
        points=drawn.points,
        stretches=drawn.stretches,
        signals=drawn.signals,
        changes=drawn.changes,
        breaks=one.breaks,
        summary=summarise(question, drawn.points, one.states, one.breaks),
        warnings=tuple(dict.fromkeys((*drawn.warnings, *codes))),
    )


def corrected(p: Sequence[float]) -> list[bool]:
    """Which series keep their change points: Benjamini–Hochberg over the whole scan. One series alone was calibrated
    already and is always kept."""
    if len(p) < 2:
        return [True] * len(p)
    return [q is not None and q <= FALSE_ALARMS for q in benjamini_hochberg(p)]


def _design(request: Request, level: float, interval: str | None) -> tuple[Family, Design]:
    """How the measure is estimated. Raises :class:`~kapula.errors.ParameterError` for intervals by bootstrap."""
    kind = family(request.measure.family)
    design = make_design(request, kind, level=level, interval=interval)
    if design.interval == "bootstrap":
        raise ParameterError(
            "A trend has no bootstrap intervals.",
            hint=f"Leave interval out, or use one of {', '.join(kind.intervals)}.",
            parameter="interval",
            value="bootstrap",
            allowed=list(kind.intervals),
        )
    return kind, design


def _baseline(baseline: int | None) -> int | None:
    if baseline is not None and baseline < 2:
        raise ParameterError(
            f"Limits cannot rest on {baseline} periods.",
            hint="Give at least 2; 20 is usual.",
            parameter="baseline",
            value=baseline,
        )
    return baseline


def _method(question: Question, sources: Mapping[str, str | None]) -> dict[str, Any]:
    settings = question.settings
    return {
        "as_of": question.as_of.isoformat(),
        "charts": {
            "individuals": {"limits": "laney", "width": settings.limit_width, "rules": list(settings.rules)},
            "ewma": {"limits": "exact", "width": settings.limit_width, "weight": settings.ewma_weight},
            "baseline": settings.baseline,
        },
        "change_points": {"search": "kernel_linear_weighted", "penalty": "simulated", "level": FALSE_ALARMS},
        "breaks": {name: column for name, column in sources.items() if column},
    }
