"""The one aggregation: every group's sums in a single pass over the data, in the engine that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
from ibis.expr import types as ir

from kapula.errors import ParameterError
from kapula.measures.engine.answers import Answer, off_scale_checks, raise_off_scale, refuse_vanishing
from kapula.measures.engine.infinite import infinite
from kapula.measures.engine.periods import period_start
from kapula.measures.engine.request import Request
from kapula.measures.engine.sums import Sums, complete
from kapula.tables import fetch

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one row gives to the figure: ``y`` (null when the row has no answer) and ``x`` (None for one answer each).

    ``levels``: where y takes few values, (test, value) for each that is not 0: counting is then enough and quicker
    than adding. ``shift``: a constant that was taken off y.
    """

    y: Any
    x: Any = None
    levels: tuple[tuple[Any, float], ...] = ()
    answered: Any = None
    shift: float = 0.0


def keys(request: Request) -> dict[str, ir.Value]:
    """The grouping expressions: g0, g1 … for ``by`` and t for the period."""
    found: dict[str, ir.Value] = {f"g{place}": request.table[name] for place, name in enumerate(request.by)}
    if request.period is not None:
        found["t"] = period_start(request.table[request.time], request.period, request.timezone)
    return found


def collect_sums(request: Request, answers: Mapping[str, Answer], row: Contribution) -> dict[Key, Sums]:
    """Sums of every group, by (by…, first day of the period). Raises :class:`OffScaleError`, or for unusable weights
    :class:`ParameterError`."""
    groups = keys(request)
    checks = off_scale_checks(dict(answers))
    if request.cluster is not None:
        expression = _clustered(request, groups, row, checks)
    elif request.weight is not None:
        expression = _weighted(request, groups, row, checks)
    else:
        expression = _plain(request, groups, row, checks)
    found: dict[Key, Sums] = {}
    small = 0
    for raw in fetch(expression).to_pylist():
        key = tuple(raw.pop(name) for name in groups)
        off = sum(int(value or 0) for name, value in raw.items() if name.startswith("off"))
        if off and request.off_scale == "error":
            raise_off_scale(request, dict(answers))
        if raw.get("badweight"):
            _raise_weights(request)
        raw["off"] = off
        small += sum(int(value or 0) for name, value in raw.items() if name.startswith("small"))
        found[key] = complete(_levels(raw, row), weighted=request.weight is not None, shift=row.shift)
    if small:
        refuse_vanishing(request, dict(answers))
    return found


def _plain(request: Request, groups: Any, row: Contribution, checks: Any) -> ir.Table:
    """Unweighted, independent answers. Only what cannot be worked out afterwards is counted."""
    table, y = request.table, row.y
    wanted: dict[str, Any] = {"rows": table.count(), "n": (y if row.answered is None else row.answered).count()}
    if row.levels:
        wanted |= {f"level{place}": test.sum() for place, (test, _) in enumerate(row.levels)}
    else:
        wanted |= {"y": y.sum(), "yy": (y * y).sum()}
    if row.x is not None:
        wanted |= {"x": row.x.sum(), "xy": (row.x * y).sum(), "xx": (row.x * row.x).sum()}
    return _aggregate(table, groups, wanted | {name: test.sum() for name, test in checks.items()})


def _weighted(request: Request, groups: Any, row: Contribution, checks: Any) -> ir.Table:
    """Weighted, independent answers: each row is its own unit."""
    wide = _with_weights(request, groups, row, checks)
    y, x, w = wide["_y"], wide["_x"], wide["_w"]
    wanted = {
        **_weight_counts(wide),
        "w": w.sum(),
        "ww": (w * w).sum(),
        "y": (w * y).sum(),
        "x": (w * x).sum(),
        "m2": (w * y * y).sum(),
        "yy": (w * w * y * y).sum(),
        "xy": (w * w * x * y).sum(),
        "xx": (w * w * x * x).sum(),
    }
    return _aggregate(wide, {name: wide[name] for name in groups}, wanted | _checked(wide, checks))


def _clustered(request: Request, groups: Any, row: Contribution, checks: Any) -> ir.Table:
    """First each cluster's totals, then sums over clusters. A row without a cluster stands for itself."""
    wide = _with_weights(request, groups, row, checks, cluster=True)
    y, x, w = wide["_y"], wide["_x"], wide["_w"]
    totals = {"_ty": (w * y).sum(), "_tx": (w * x).sum()}
    squares = {"_syy": (w * w * y * y).sum(), "_sxy": (w * w * x * y).sum(), "_sxx": (w * w * x * x).sum()}
    sums = {"w": w.sum(), "ww": (w * w).sum(), "m2": (w * y * y).sum(), **_weight_counts(wide)}
    first = _aggregate(
        wide, {name: wide[name] for name in [*groups, "_c"]}, {**totals, **squares, **sums, **_checked(wide, checks)}
    )
    alone = first["_c"].isnull()
    ty, tx = first["_ty"], first["_tx"]
    wanted = {name: first[name].sum() for name in sums}
    wanted |= {
        "units": alone.ifelse(first["n"], (first["n"] > 0).ifelse(1, 0)).sum(),
        "y": ty.sum(),
        "x": tx.sum(),
        "yy": alone.ifelse(first["_syy"], ty * ty).sum(),
        "xy": alone.ifelse(first["_sxy"], tx * ty).sum(),
        "xx": alone.ifelse(first["_sxx"], tx * tx).sum(),
    }
    wanted |= _checked(first, checks)
    return _aggregate(first, {name: first[name] for name in groups}, wanted)


def one(column: Any) -> Any:
    """1.0 where the column has a value, as a true double: PostgreSQL takes a literal for a decimal."""
    return column.notnull().cast("int32").cast("float64")


def _with_weights(request: Request, groups: Any, row: Contribution, checks: Any, cluster: bool = False) -> ir.Table:
    """The rows with columns _y, _x, _w (and _c); rows without an answer or without a usable weight have all three
    null."""
    table = request.table
    y = row.y.cast("float64")
    answered = y.notnull() if row.x is None else y.notnull() & row.x.notnull()
    weight = one(y) if request.weight is None else table[request.weight].cast("float64")
    if request.weight is not None:
        weight = weight.isnan().ifelse(ibis.null("float64"), weight)
    usable = answered & weight.notnull() & (weight > 0)
    extra = {
        **groups,
        "_y": usable.ifelse(y, ibis.null("float64")),
        "_x": usable.ifelse(one(y) if row.x is None else row.x.cast("float64"), ibis.null("float64")),
        "_w": usable.ifelse(weight, ibis.null("float64")),
        "_unweighted": answered & weight.isnull(),
        "_zero": answered & (weight == 0),
        "_bad": (weight < 0) | infinite(weight),
        **checks,
    }
    if cluster:
        extra["_c"] = table[request.cluster]
    return table.select(**extra)


def _checked(table: ir.Table, checks: Any) -> dict[str, ir.Scalar]:
    """The checks once more, over columns of their names."""
    return {name: table[name].sum() for name in checks}


def _weight_counts(wide: ir.Table) -> dict[str, Any]:
    return {
        "rows": wide.count(),
        "n": wide["_y"].count(),
        "unweighted": wide["_unweighted"].sum(),
        "zero": wide["_zero"].sum(),
        "badweight": wide["_bad"].sum(),
    }


def _aggregate(table: ir.Table, groups: Mapping[str, Any], wanted: Mapping[str, Any]) -> ir.Table:
    return table.group_by(**groups).aggregate(**wanted) if groups else table.aggregate(**wanted)


def _levels(raw: dict[str, Any], row: Contribution) -> dict[str, Any]:
    """y and y² from the counts of each level."""
    if not row.levels or "y" in raw:
        return raw
    counts = [int(raw.get(f"level{place}") or 0) for place in range(len(row.levels))]
    y = sum(count * value for count, (_, value) in zip(counts, row.levels, strict=True))
    yy = sum(count * value * value for count, (_, value) in zip(counts, row.levels, strict=True))
    return raw | {"y": y, "yy": yy}


def _raise_weights(request: Request) -> None:
    weight = request.table[request.weight].cast("float64")
    bad = request.table.filter((weight < 0) | infinite(weight)).select(value=weight)
    count = int(fetch(bad.count().as_table()).column(0)[0].as_py())
    sample = [row["value"] for row in fetch(bad.limit(5)).to_pylist()]
    raise ParameterError(
        f"The weight column {request.weight!r} has {count} negative or infinite weights (such as {sample[0]:g}).",
        hint="A weight is zero or greater: mend the column or leave those rows out with filters=….",
        parameter="weight",
        value=request.weight,
        count=count,
        allowed=["0 or greater"],
    )
