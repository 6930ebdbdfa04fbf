"""Which groups surely differ from all the others: each group against the rest, corrected over the groups.

The rest is the sum of the other groups' sums, so one pass over the data gives every contrast. The interval is that of the
difference (group − rest) by the measure's own family; the two are taken as independent, which is cautious when the same customer
answers in several groups.
"""

from __future__ import annotations

import functools
import operator
from dataclasses import replace
from typing import Any

from kapula.errors import ParameterError
from kapula.measures.engine.collect import Key
from kapula.measures.engine.request import Request
from kapula.measures.engine.run import figure_of, make_design, make_request, method_of
from kapula.measures.engine.sums import Sums
from kapula.measures.families import family
from kapula.measures.families.base import Design, Family, Overlap
from kapula.results import ComparisonResult, Difference, Row
from kapula.statistics.differences import benjamini_hochberg


def contrasts(
    table: Any,
    measure: Any,
    by: str,
    *,
    weight: str | None = None,
    cluster: str | None = None,
    filters: Any = None,
    column: str | None = None,
    columns: Any = None,
    missing: Any = (),
    scale: Any = None,
    off_scale: str = "error",
    level: float = 0.95,
    minimum_n: int = 0,
    **options: Any,
) -> ComparisonResult:
    """Each group of ``by`` minus the rest (``first``: the rest, ``second``: the group), by q over the groups.

    The other settings are those of :func:`kapula.measure`. A group, or a rest, of fewer than ``minimum_n`` answers is left out,
    as are rows without a group. Raises :class:`ParameterError` for a measure whose sums do not add up (a median).
    """
    request = make_request(
        table, measure, by=by, weight=weight, cluster=cluster, filters=filters, missing=missing, scale=scale,
        column=column if columns is None else columns, off_scale=off_scale, options=options,
    )  # fmt: skip
    kind = family(request.measure.family)
    if not kind.mergeable:
        raise ParameterError(
            f"The parts of {request.measure.name!r} do not add up to a rest.",
            hint="Compare two groups with kapula.compare.",
            parameter="measure",
            value=request.measure.name,
        )
    design = make_design(request, kind, level=level, interval=None)
    states = {key: sums for key, sums in kind.collect(request, design).items() if key[0] is not None and sums.n}
    found = [_contrast(request, kind, design, key, states) for key in states if _enough(key, states, minimum_n)]
    qs = benjamini_hochberg([one.p for one in found])
    rows = [
        replace(one, q=q, sure=one.sure and (q is None or q <= 1 - level)) for one, q in zip(found, qs, strict=True)
    ]
    rows.sort(key=lambda one: str(one.by))
    settings = method_of(request, kind, design, minimum_n=minimum_n, against="rest")
    return ComparisonResult(request.measure.name, request.measure.unit, tuple(rows), settings)


def _rest(key: Key, states: dict[Key, Sums]) -> Sums:
    return functools.reduce(operator.add, (sums for other, sums in states.items() if other != key), Sums())


def _enough(key: Key, states: dict[Key, Sums], minimum_n: int) -> bool:
    least = max(minimum_n, 2)
    return len(states) > 1 and states[key].n >= least and _rest(key, states).n >= least


def _contrast(request: Request, kind: Family, design: Design, key: Key, states: dict[Key, Sums]) -> Difference:
    rest = _rest(key, states)
    rows = [
        Row(label, None, one.value, one.low, one.high, one.n, one.n_effective, one.warnings)
        for label, one in (
            (None, figure_of(kind, rest, request.measure, design)),
            (key[0], figure_of(kind, states[key], request.measure, design)),
        )
    ]
    if any(row.low is None or row.high is None for row in rows):
        return Difference(rows[0], rows[1], None, None, None, None, False, by=key[0])
    gap = kind.gap(rest, states[key], Overlap(), request.measure, design)
    return Difference(rows[0], rows[1], gap.value, gap.low, gap.high, gap.p, gap.low > 0 or gap.high < 0, by=key[0])
