"""Answers as numbers on their declared scale: blanks and missing codes out, off-scale answers found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
from ibis.expr import types as ir

from kapula.errors import OffScaleError, ParameterError
from kapula.measures.contract import Scale
from kapula.measures.engine.infinite import LARGEST, SMALLEST, infinite, vanishing, wrong_size
from kapula.measures.engine.request import Request, wrong_type
from kapula.tables import fetch


@dataclass(frozen=True, slots=True)
class Answer:
    """One column of answers. ``value``: null where there is no answer (or, on request, an answer off the scale).
    ``given``: the answer before the scale was applied. ``off``: true where the answer is off the scale; None when it
    cannot be. ``vanishing``: true where it is too small to be squared; None when it cannot be."""

    column: str
    value: ir.Column
    given: ir.Column
    off: ir.BooleanColumn | None
    whole_type: bool
    vanishing: ir.BooleanColumn | None = None


def read_answers(request: Request, *, numeric: bool) -> dict[str, Answer]:
    """The measure's columns by role, cleaned. Raises :class:`ColumnTypeError` for text where numbers are needed."""
    return {role: _read(request, column, numeric=numeric) for role, column in request.columns.items()}


def _read(request: Request, column: str, *, numeric: bool) -> Answer:
    table, scale = request.table, request.measure.scale
    raw = table[column]
    kind = raw.type()
    if not numeric:
        value = raw if scale is None or not scale.missing else raw.isin(scale.missing).ifelse(ibis.null(), raw)
        return Answer(column, value, value, None, False)
    if kind.is_boolean():
        raw, kind = raw.cast("int32"), ibis.dtype("int32")
    if not kind.is_numeric():
        raise wrong_type(table, column, "numbers")
    if kind.is_decimal():
        raw, kind = raw.cast("float64"), ibis.dtype("float64")
    if kind.is_floating():
        raw = raw.isnan().ifelse(ibis.null(), raw)
    for code in scale.missing if scale else ():
        raw = raw.nullif(_number(code, column))
    off = _off(raw, scale, floating=kind.is_floating())
    small = vanishing(raw) if kind.is_floating() and _may_vanish(scale) else None
    if off is not None and request.off_scale == "set_aside":
        return Answer(column, off.ifelse(ibis.null(), raw), raw, off, kind.is_integer(), small)
    return Answer(column, raw, raw, off, kind.is_integer(), small)


def _may_vanish(scale: Scale | None) -> bool:
    """A scale with two ends of which one can be squared holds answers that can be told from its ends."""
    ends = [end for end in (scale.low, scale.high) if end is not None] if scale else []
    return len(ends) < 2 or max(map(abs, ends)) < SMALLEST


def _number(code: Any, column: str) -> Any:
    if not isinstance(code, int | float):
        raise ParameterError(
            f"The code {code!r} for no answer is no number, and column {column!r} holds numbers.",
            hint="Give codes as they stand in the column, such as 99.",
            parameter="missing",
            value=str(code),
        )
    return code


def _off(raw: Any, scale: Scale | None, *, floating: bool) -> ir.BooleanColumn | None:
    tests = []
    if scale is not None and scale.low is not None:
        tests.append(raw < scale.low)
    if scale is not None and scale.high is not None:
        tests.append(raw > scale.high)
    bounded = len(tests) == 2
    if floating and scale is not None and scale.whole:
        # Engines round down to whole numbers, and none of those is infinite: bounds, or the last test, find what is.
        tests.append(raw != infinite(raw).ifelse(ibis.null(raw.type()), raw).floor())
    if floating and not bounded:
        tests.append(infinite(raw, LARGEST))
    if not tests:
        return None
    off = tests[0]
    for test in tests[1:]:
        off = off | test
    return off


def off_scale_checks(answers: dict[str, Answer]) -> dict[str, Any]:
    """What the one aggregation must also add up so that no answer off the scale, or too small, slips through: name → test."""
    found = {f"off{place}": answer.off for place, answer in enumerate(answers.values())}
    found |= {f"small{place}": answer.vanishing for place, answer in enumerate(answers.values())}
    return {name: test for name, test in found.items() if test is not None}


def refuse_vanishing(request: Request, answers: dict[str, Answer]) -> None:
    """Raises :class:`~kapula.errors.ParameterError` for a column of which every answer but 0 is too small to be squared: its intervals
    would have no width."""
    for answer in answers.values():
        if answer.vanishing is None:
            continue
        most = fetch(request.table.aggregate(most=answer.value.cast("float64").abs().max()))["most"][0].as_py()
        if most is not None and 0 < most < SMALLEST:
            raise wrong_size(answer.column, most)


def raise_off_scale(request: Request, answers: dict[str, Answer]) -> None:
    """Look the offending answers up and raise :class:`OffScaleError` with column, values and counts."""
    for answer in answers.values():
        if answer.off is None:
            continue
        found = (
            request.table.filter(answer.off).select(value=answer.given).group_by("value").agg(count=lambda t: t.count())
        )
        top = fetch(found.order_by([ibis.desc("count"), "value"]).limit(10)).to_pylist()
        if not top:
            continue
        total = int(fetch(found.agg(total=found["count"].sum()))["total"][0].as_py())
        values = {f"{row['value']:g}": int(row["count"]) for row in top}
        scale = request.measure.scale
        span = f"{_bound(scale.low)}…{_bound(scale.high)}" if scale else f"numbers up to {LARGEST:g}"
        shown = ", ".join(f"{value} ({count})" for value, count in values.items())
        raise OffScaleError(
            f"Column {answer.column!r} has {total} answers off the scale {span}: {shown}.",
            hint="Declare codes that mean no answer with missing=…, declare another scale=…, or use off_scale='set_aside'.",
            column=answer.column,
            scale=scale.to_dict() if scale else None,
            values=values,
            count=total,
        )


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
