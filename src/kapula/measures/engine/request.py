"""The question as asked, checked against the table before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from ibis.expr import types as ir

from kapula.errors import ColumnTypeError, ParameterError
from kapula.measures.contract import Measure, Scale
from kapula.measures.declare import as_scale, declare
from kapula.measures.registry import get
from kapula.schema import PERIODS, require
from kapula.tables import fetch

_TIME: Final = r"^\s*[0-9]{4}-([0-9]{1,2}-[0-9]{1,2}|(0[1-9]|1[0-2]|W[0-5][0-9]|Q[1-4])\s*$)"
_NUMBER: Final = r"^\s*[-+]?[0-9]+([.][0-9]+)?\s*$"


@dataclass(frozen=True, slots=True)
class Request:
    """A checked question: every column exists and has a usable type, every setting a usable value."""

    table: ir.Table
    measure: Measure
    columns: Mapping[str, str]
    by: tuple[str, ...] = ()
    single: bool = True
    time: str | None = None
    period: str | None = None
    weight: str | None = None
    cluster: str | None = None
    off_scale: str = "error"
    timezone: str = "UTC"


def resolve_measure(
    measure: str | Measure | Mapping[str, Any], *, scale: Any, missing: Any, options: Mapping[str, Any]
) -> Measure:
    """The measure by name, as given or from a declaration, with this call's scale, missing codes and options."""
    found = get(measure) if isinstance(measure, str) else measure
    if not isinstance(found, Measure):
        found = declare(found)
    if scale is not None:
        found = replace(found, scale=as_scale(scale))
    codes = (missing,) if isinstance(missing, int | float | str) else tuple(missing)
    if codes:
        found = replace(found, scale=(found.scale or Scale(None, None, whole=False)).with_missing(*codes))
    strange = sorted(set(options) - set(found.options))
    if strange:
        raise ParameterError(
            f"The measure {found.name!r} has no option {strange[0]!r}.",
            hint=f"It has: {', '.join(found.options) or 'none'}.",
            parameter=strange[0],
            value=repr(options[strange[0]]),
            allowed=list(found.options),
        )
    return replace(found, options={**found.options, **options}) if options else found


def resolve_columns(measure: Measure, column: Any, table: ir.Table) -> dict[str, str]:
    """Which column plays which role. One name, names in the order of the roles, or a mapping role → name; when none
    is given the roles' own names are looked for in the table."""
    roles = measure.roles
    optional = {role.rstrip("?") for role in measure.columns if role.endswith("?")}
    if column is None:
        given = {role: role for role in roles if role in table.columns or role not in optional}
    elif isinstance(column, str):
        given = {roles[0]: column}
    elif isinstance(column, Mapping):
        given = dict(column)
    else:
        given = dict(zip(roles, column, strict=False))
        if len(column) > len(roles):
            given["?"] = str(column[-1])
    if set(given) - set(roles) or set(roles) - optional - set(given):
        raise ParameterError(
            f"The measure {measure.name!r} reads the columns {', '.join(roles)}.",
            hint="Give columns=[…] in that order, or a mapping role → column.",
            parameter="columns",
            value=list(given.values()),
            allowed=list(roles),
        )
    require(table.columns, given.values())
    return {role: given[role] for role in roles if role in given}


def as_names(by: str | Sequence[str] | None) -> tuple[str, ...]:
    return () if by is None else (by,) if isinstance(by, str) else tuple(by)


def check(request: Request) -> Request:
    """Every remaining column and setting, or an error that names it."""
    table = request.table
    require(table.columns, [*request.by, *filter(None, (request.time, request.weight, request.cluster))])
    for name in (*request.by, *filter(None, (request.cluster,))):
        if table[name].type().is_nested():
            raise wrong_type(table, name, "one value a row")
    one_of("off_scale", request.off_scale, ("error", "set_aside"))
    if request.period is not None:
        one_of("period", request.period, PERIODS)
        if request.time is None:
            raise ParameterError(
                "A period needs a time column.", hint="Give time=…", parameter="time", value=None, allowed=[]
            )
    if request.weight is not None and not table[request.weight].type().is_numeric():
        raise wrong_type(table, request.weight, "a number")
    if request.time is not None:
        kind = table[request.time].type()
        if not (kind.is_temporal() and not kind.is_time() and not kind.is_interval()) and not kind.is_string():
            raise wrong_type(table, request.time, "a date, a timestamp or ISO text")
        if request.period is not None and kind.is_string():
            require_days(table, request.time)
    return request


def require_days(table: ir.Table, time: str) -> None:
    """Raises :class:`~kapula.errors.ColumnTypeError` for text that cannot be read as dates: an engine would fail on it only in the middle
    of its work, in words of its own."""
    days = table[time].cast("timestamp")
    try:
        fetch(table.aggregate(first=days.min(), last=days.max()))
    except Exception as error:  # each engine has its own tree of errors for text that is no date
        stray = None
        with suppress(Exception):  # a database may answer nothing after it has failed
            stray = fetch(table.aggregate(stray=table[time].min(where=~table[time].re_search(_TIME))))["stray"][
                0
            ].as_py()
        raise ColumnTypeError(
            f"Column {time!r} holds text that is no date.",
            hint=f"{'' if stray is None else f'It has {stray[:40]!r}. '}Write dates as 2026-01-31, "
            "or periods of one kind (2026-01, 2026-W05, 2026-Q1) throughout.",
            column=time,
            type="string",
            expected="ISO dates",
        ) from error


def one_of(parameter: str, value: Any, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise ParameterError(
            f"{parameter}={value!r} is not possible.",
            hint=f"Use one of {', '.join(allowed)}.",
            parameter=parameter,
            value=value,
            allowed=list(allowed),
        )


def _said(kind: Any) -> str:
    """What a column of the type holds, in a reader's words; an engine's own name for what has none."""
    for test, words in (
        ("is_string", "text"), ("is_boolean", "true and false"), ("is_numeric", "numbers"), ("is_date", "dates"),
        ("is_timestamp", "dates with times"), ("is_time", "times of day"), ("is_array", "lists"),
    ):  # fmt: skip
        if getattr(kind, test)():
            return words
    return str(kind)


def wrong_type(table: ir.Table, column: str, expected: str) -> ColumnTypeError:
    """The error to raise. A column of text is looked at: files give blank columns as text, and one stray word makes text of numbers."""
    kind = str(table[column].type())
    wanted = "numbers" if expected in ("number", "a number") else expected
    message = f"Column {column!r} holds {_said(table[column].type())}, not {wanted}."
    hint = "Convert the column, or name another."
    if table[column].type().is_string() and expected.endswith(("number", "numbers")):
        texts = table[column]
        found = fetch(
            table.aggregate(filled=texts.count(), stray=texts.min(where=~texts.re_search(_NUMBER)))
        ).to_pylist()[0]
        if not found["filled"]:
            message, hint = f"Column {column!r} is blank in every row.", "Name another, or check how the file was made."
        elif found["stray"]:
            hint = f"It has {found['stray'][:40]!r}. {hint}"
    return ColumnTypeError(
        message,
        hint=hint,
        column=column,
        type=kind,
        expected=expected,
    )
