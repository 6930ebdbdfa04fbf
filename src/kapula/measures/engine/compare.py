"""``kapula.compare``: two groups or periods by the interval of their difference."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, overload

import ibis

from kapula.errors import ParameterError
from kapula.measures.contract import Measure
from kapula.measures.engine.collect import Key
from kapula.measures.engine.overlap import overlaps
from kapula.measures.engine.periods import period_label, period_start
from kapula.measures.engine.request import Request
from kapula.measures.engine.run import figure_of, make_design, make_request, method_of, row_order
from kapula.measures.engine.sums import Sums
from kapula.measures.engine.withhold import require_minimum_n
from kapula.measures.families import family
from kapula.measures.families.base import Design, Family, Overlap
from kapula.results import ComparisonResult, Difference, Row
from kapula.statistics.differences import benjamini_hochberg

_SIDE = "kapula_side"


@overload
def compare(
    table: Any,
    measure: str | Measure | Mapping[str, Any],
    between: Sequence[Any],
    on: str = ...,
    by: None = ...,
    **more: Any,
) -> Difference: ...
@overload
def compare(
    table: Any,
    measure: str | Measure | Mapping[str, Any],
    between: Sequence[Any],
    on: str = ...,
    *,
    by: str | Sequence[str],
    **more: Any,
) -> ComparisonResult: ...
def compare(
    table: Any,
    measure: str | Measure | Mapping[str, Any],
    between: Sequence[Any],
    on: str = "period",
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
    timezone: str = "UTC",
    **options: Any,
) -> Difference | ComparisonResult:
    """Second minus first, with the interval of the difference.

    ``between``: (first, second): ISO period labels with ``on="period"`` (and ``time``, ``period``), or values of the
    column named by ``on``; each may be a list of several. ``by``: the same comparison in each group, with q-values
    over the whole scan; then a :class:`~kapula.results.ComparisonResult` is returned. With ``cluster`` customers who
    are on both sides are accounted for. The other settings are those of :func:`kapula.measure`. Below ``minimum_n``
    answers on a side the difference is withheld.
    """
    require_minimum_n(minimum_n)
    first, second = _sides(between)
    request = make_request(
        table,
        measure,
        by=by,
        time=time,
        period=period if on == "period" else None,
        weight=weight,
        cluster=cluster,
        filters=filters,
        column=column if columns is None else columns,
        missing=missing,
        scale=scale,
        off_scale=off_scale,
        timezone=timezone,
        options=options,
    )
    kind = family(request.measure.family)
    design = make_design(request, kind, level=level, interval=interval)
    _no_bootstrap(kind, design)
    found = _all_differences(request, kind, design, (first, second), on, minimum_n)
    if by is None:
        return found[0]
    found.sort(key=lambda difference: row_order(difference.first))
    qs = benjamini_hochberg([difference.p for difference in found])
    rows = tuple(replace(d, q=q, sure=d.sure and (q is None or q <= 1 - level)) for d, q in zip(found, qs, strict=True))
    settings = method_of(request, kind, design, between=[first, second], on=on, minimum_n=minimum_n)
    return ComparisonResult(request.measure.name, request.measure.unit, rows, settings)


def _no_bootstrap(kind: Family, design: Design) -> None:
    if design.interval == "bootstrap":
        raise ParameterError(
            "A difference has no bootstrap interval here.",
            hint="Leave interval out.",
            parameter="interval",
            value="bootstrap",
            allowed=list(kind.intervals),
        )


def _all_differences(
    request: Request, kind: Family, design: Design, sides: tuple[list[Any], list[Any]], on: str, minimum_n: int
) -> list[Difference]:
    """The difference in every group; with no groups, one."""
    sided = _with_side(request, on, *sides)
    states = kind.collect(sided, design)
    shared = overlaps(sided, kind, states) if design.clustered and kind.mergeable else {}
    found = []
    for group in _groups(states, bool(request.by)):
        pair = (states.get((*group, 0), Sums()), states.get((*group, 1), Sums()))
        overlap = shared.get(group, Overlap())
        found.append(_difference(request, kind, design, group, pair, sides, on, overlap, minimum_n))
    return found


def _sides(between: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    if isinstance(between, str) or len(between) != 2:
        raise ParameterError(
            "A comparison is between two.",
            hint="Give between=(first, second); each may be a list.",
            parameter="between",
            value=repr(between),
        )
    first, second = (list(side) if isinstance(side, list | tuple | set) else [side] for side in between)
    shared = [value for value in first if value in second]
    if shared:
        raise ParameterError(
            f"{shared[0]!r} is on both sides of the comparison.",
            hint="A row can be on one side only.",
            parameter="between",
            value=[first, second],
        )
    return first, second


def _with_side(request: Request, on: str, first: list[Any], second: list[Any]) -> Request:
    """The request with rows of the two sides only and a last grouping column 0 or 1."""
    from kapula.schema import require

    table = request.table
    if on == "period":
        if request.time is None or request.period is None:
            raise ParameterError(
                "Comparing periods needs time=… and period=….",
                hint="Or name a column with on=….",
                parameter="period",
                value=None,
            )
        starts = table.mutate(**{_SIDE: period_start(table[request.time], request.period, request.timezone)})
        known = {period_label(v, request.period): v for v in _distinct(starts)}
        value, lookup = starts[_SIDE], known
        table = starts
    else:
        require(table.columns, [on])
        _require_kind(table, on, [*first, *second])
        value, lookup = table[on], {v: v for v in [*first, *second]}
    parts = []
    for side in (first, second):
        values = [lookup[label] for label in side if label in lookup]
        parts.append(value.isin(values) if values else ibis.literal(False))
    rows = table.filter(parts[0] | parts[1]).mutate(**{_SIDE: parts[1].cast("int32")})
    return replace(request, table=rows, by=(*request.by, _SIDE), period=None)


def _require_kind(table: Any, on: str, values: Sequence[Any]) -> None:
    """Values of another kind than the column's: one engine fails on them in words of its own, another finds no row."""
    kind = table[on].type()
    for value in values:
        text = isinstance(value, str)
        if text and kind.is_numeric():
            wanted = "numbers"
        elif kind.is_string() and not text and value is not None:
            wanted = "text"
        elif text and kind.is_boolean():
            wanted = "true and false"
        elif text and (kind.is_date() or kind.is_timestamp()) and not _is_moment(value):
            wanted = "dates"
        else:
            continue
        raise ParameterError(
            f"Column {on!r} holds {wanted}, and {value!r} is none.",
            hint="Give values as they stand in the column.",
            parameter="between",
            value=str(value),
        )


def _is_moment(value: str) -> bool:
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _distinct(table: Any) -> list[Any]:
    from kapula.tables import fetch

    return [row[_SIDE] for row in fetch(table.select(_SIDE).distinct()).to_pylist() if row[_SIDE] is not None]


def _groups(states: Mapping[Key, Sums], grouped: bool) -> list[Key]:
    return list(dict.fromkeys(key[:-1] for key in states)) if grouped else [()]


def _difference(
    request: Request,
    kind: Family,
    design: Design,
    group: Key,
    pair: tuple[Sums, Sums],
    labels: tuple[list[Any], list[Any]],
    on: str,
    overlap: Overlap,
    minimum_n: int,
) -> Difference:
    rows = [
        _row(request, kind, design, group, sums, label, on, minimum_n) for sums, label in zip(pair, labels, strict=True)
    ]
    codes = tuple(dict.fromkeys(code for row in rows for code in row.warnings))
    by = rows[0].by if request.by else None
    if any(row.value is None or row.low is None or row.high is None for row in rows):
        return Difference(rows[0], rows[1], None, None, None, None, False, codes, by)
    gap = kind.gap(pair[0], pair[1], overlap, request.measure, design)
    if not math.isfinite(gap.low) or not math.isfinite(gap.high):
        return Difference(rows[0], rows[1], gap.value, None, None, None, False, codes, by)
    sure = gap.low > 0 or gap.high < 0
    return Difference(rows[0], rows[1], gap.value, gap.low, gap.high, gap.p, sure, codes, by)


def _row(
    request: Request, kind: Family, design: Design, group: Key, sums: Sums, label: list[Any], on: str, minimum_n: int
) -> Row:
    """One side as a row; its label is the period, or the value of the compared column when there are no groups."""
    name: Any = label[0] if len(label) == 1 else list(label)
    by: Any = None
    if request.by:
        by = group[0] if request.single else dict(zip(request.by, group, strict=True))
    elif on != "period":
        by = name
    period = None if on != "period" else name if isinstance(name, str) else ", ".join(map(str, label))
    figure = figure_of(kind, sums, request.measure, design)
    if 0 < figure.n < minimum_n:
        return Row(by, period, None, None, None, figure.n, figure.n_effective, (*figure.warnings, "suppressed"))
    return Row(by, period, figure.value, figure.low, figure.high, figure.n, figure.n_effective, figure.warnings)
