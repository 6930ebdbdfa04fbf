"""``kapula.measure``: from a table to figures with n, interval and what a reader must know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ibis.expr import types as ir

from kapula.errors import ParameterError
from kapula.measures.contract import Measure
from kapula.measures.engine.collect import Key
from kapula.measures.engine.periods import filtered, period_label
from kapula.measures.engine.request import Request, as_names, check, one_of, resolve_columns, resolve_measure
from kapula.measures.engine.resample import bootstrap_bounds
from kapula.measures.engine.sums import Sums
from kapula.measures.engine.withhold import require_minimum_n, withhold
from kapula.measures.families import family
from kapula.measures.families.base import Design, Family, Figure
from kapula.results import MeasureResult, Row
from kapula.schema import PERIODS
from kapula.tables import as_table


def measure(
    table: Any,
    measure: str | Measure | Mapping[str, Any],
    by: str | Sequence[str] | None = None,
    time: str | None = None,
    period: str | None = None,
    weight: str | None = None,
    cluster: str | None = None,
    filters: Any = None,
    *,
    column: str | None = None,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    missing: Any = (),
    scale: Any = None,
    off_scale: str = "error",
    level: float = 0.95,
    interval: str | None = None,
    minimum_n: int = 0,
    clip: bool = False,
    timezone: str = "UTC",
    seed: int = 0,
    replicates: int = 2000,
    **options: Any,
) -> MeasureResult:
    """A measure's figures, for everyone or by groups and periods, computed where the data is.

    ``table``: pandas, Polars, PyArrow, Narwhals, Ibis, or a path or URL. ``measure``: a registered name, a
    :class:`Measure` or a declaration. ``by``: a column or columns; ``time`` with ``period`` (day, week, month,
    quarter, year) groups by ISO periods on the clock of ``timezone``. ``weight``: sampling weights ≥ 0. ``cluster``:
    the customer or account whose answers belong together. ``filters``: column → value(s), or an Ibis predicate.
    ``column``/``columns``: what the measure reads. ``missing``: codes that mean no answer. ``scale``: another
    declared scale. ``off_scale``: "error" or "set_aside". ``interval``: one of the family's, or "bootstrap".
    ``minimum_n``: groups with fewer answers are withheld, and others so that no subtraction reveals them. ``clip``:
    cut intervals to the possible range, as screens do. Further keywords are the measure's own options.

    A row without a date is in no period and is counted in ``set_aside``; a blank group has ``by`` None. Rows are
    ordered by group, then period. Raises :class:`~kapula.errors.KapulaError` of the kind that fits.
    """
    require_minimum_n(minimum_n)
    request = make_request(
        table, measure, by=by, time=time, period=period, weight=weight, cluster=cluster, filters=filters,
        column=column if columns is None else columns, missing=missing, scale=scale, off_scale=off_scale,
        timezone=timezone, options=options,
    )  # fmt: skip
    kind = family(request.measure.family)
    design = make_design(request, kind, level=level, interval=interval, seed=seed, replicates=replicates)
    states = kind.collect(request, design)
    return MeasureResult(
        measure=request.measure.name,
        unit=request.measure.unit,
        rows=_rows(request, kind, design, states, minimum_n=minimum_n, clip=clip),
        method=method_of(request, kind, design, minimum_n=minimum_n, clip=clip),
        set_aside=set_aside(request, states),
    )


def _rows(
    request: Request, kind: Family, design: Design, states: Mapping[Key, Sums], *, minimum_n: int, clip: bool
) -> tuple[Row, ...]:
    """A row for each group and period, in order; those too small, and those that would reveal them, withheld."""
    limits = kind.bounds(request.measure) if clip else None
    resampled = bootstrap_bounds(request, kind, design) if design.interval == "bootstrap" else None
    figures = {
        key: row_of(request, key, _bounded(kind, sums, request.measure, design, key, resampled), limits)
        for key, sums in states.items()
        if request.period is None or key[-1] is not None
    }
    return tuple(sorted(withhold(figures, minimum_n).values(), key=row_order))


def make_request(table: Any, measure: Any, *, column: Any, filters: Any, options: Any, **settings: Any) -> Request:
    """The checked question (see :func:`measure` for the settings)."""
    found = resolve_measure(
        measure, scale=settings.pop("scale", None), missing=settings.pop("missing", ()), options=options
    )
    rows = _named_periods_as_days(filtered(as_table(table), filters), settings.get("time"), settings.get("period"))
    by = settings.pop("by", None)
    return check(
        Request(
            table=rows,
            measure=found,
            columns=resolve_columns(found, column, rows),
            by=as_names(by),
            single=isinstance(by, str) or (by is not None and len(by) == 1),
            **settings,
        )
    )


def _named_periods_as_days(rows: ir.Table, time: str | None, period: str | None) -> ir.Table:
    """Times that name periods (2026-01, 2026-W05, 2026-Q1) as days in them. Raises :class:`~kapula.errors.ParameterError` for a ``period``
    shorter than they are."""
    if time is None or period is None:
        return rows
    from kapula.trends.labelled import require_no_finer  # trends rest on this engine, so only when times are asked for
    from kapula.trends.times import as_days

    one_of("period", period, PERIODS)
    dated, kind = as_days(rows, time)
    if kind is not None:
        require_no_finer(period, kind, time, "period")
    return dated


def make_design(
    request: Request, kind: Family, *, level: float, interval: str | None, seed: int = 0, replicates: int = 2000
) -> Design:
    """The checked way to make intervals."""
    if not 0 < level < 1:
        raise ParameterError(
            f"level={level!r} is not a confidence level.",
            hint="Give a number between 0 and 1, such as 0.95.",
            parameter="level",
            value=level,
            allowed=["0 < level < 1"],
        )
    if interval is not None:
        one_of("interval", interval, (*kind.intervals, "bootstrap") if kind.bootstrap else kind.intervals)
    return Design(
        level=level,
        interval=interval or kind.default_interval(request),
        weighted=request.weight is not None,
        clustered=request.cluster is not None,
        seed=seed,
        replicates=replicates,
    )


def figure_of(kind: Family, sums: Sums, measure: Measure, design: Design) -> Figure:
    """The figure of one group, or an empty one with its reason."""
    if sums.n == 0:
        warnings = ("weights_zero",) if sums.zero else ("empty",)
        return Figure(None, None, None, 0, 0.0, (*warnings, "off_scale_set_aside") if sums.off else warnings)
    return kind.figure(sums, measure, design)


def _bounded(
    kind: Family,
    sums: Sums,
    measure: Measure,
    design: Design,
    key: Key,
    resampled: Mapping[Key, tuple[float, float] | None] | None,
) -> Figure:
    """The figure of one group, with the bootstrap's bounds where it was asked for."""
    figure = figure_of(kind, sums, measure, design)
    if resampled is None or figure.value is None:
        return figure
    bounds = resampled.get(key)
    if bounds is None or figure.low is None:
        return replace(figure, low=None, high=None)
    low, high = (kind.from_ratio(bound, measure) for bound in bounds)
    return replace(figure, low=min(low, figure.value), high=max(high, figure.value))


def row_of(request: Request, key: Key, figure: Figure, limits: tuple[float, float] | None) -> Row:
    low, high = figure.low, figure.high
    if limits is not None and low is not None and high is not None:
        low, high = max(low, limits[0]), min(high, limits[1])
    return Row(
        by=group_label(request, key),
        period=period_label(key[-1], request.period) if request.period else None,
        value=figure.value,
        low=low,
        high=high,
        n=figure.n,
        n_effective=figure.n_effective,
        warnings=figure.warnings,
    )


def group_label(request: Request, key: Key) -> Any:
    """The group as a label, or as a dict when several columns were given."""
    if not request.by:
        return None
    return key[0] if request.single else dict(zip(request.by, key, strict=False))


def row_order(row: Row) -> tuple[Any, ...]:
    values = list(row.by.values()) if isinstance(row.by, dict) else [row.by]
    return (*(_sortable(value) for value in values), row.period or "")


def _sortable(value: Any) -> tuple[int, Any, str]:
    """Numbers by size, all else by text, blanks last."""
    if value is None:
        return (2, 0, "")
    if isinstance(value, int | float):
        return (0, value, "")
    return (1, 0, str(value))


def method_of(request: Request, kind: Family, design: Design, **more: Any) -> dict[str, Any]:
    """How the figures were computed, as plain JSON."""
    bounds = kind.bounds(request.measure)
    return {
        "interval": design.interval,
        "level": design.level,
        "columns": dict(request.columns),
        "weight": request.weight,
        "cluster": request.cluster,
        "by": list(request.by),
        "time": request.time,
        "period": request.period,
        "timezone": request.timezone,
        "scale": request.measure.scale.to_dict() if request.measure.scale else None,
        "off_scale": request.off_scale,
        "options": dict(request.measure.options),
        "higher_is_better": request.measure.higher_is_better,
        "bounds": list(bounds) if bounds else None,
        **({"seed": design.seed, "replicates": design.replicates} if design.interval == "bootstrap" else {}),
        **more,
    }


def set_aside(request: Request, states: Mapping[Key, Sums]) -> dict[str, int]:
    """Rows that no figure uses, by reason."""
    counts = {"no_answer": 0, "off_scale": 0, "no_weight": 0, "zero_weight": 0, "no_period": 0}
    for key, sums in states.items():
        if request.period is not None and key[-1] is None:
            counts["no_period"] += sums.rows
            continue
        counts["off_scale"] += sums.off
        counts["no_weight"] += sums.unweighted
        counts["zero_weight"] += sums.zero
        counts["no_answer"] += sums.rows - sums.n - sums.off - sums.unweighted - sums.zero
    return {reason: count for reason, count in counts.items() if count > 0}
