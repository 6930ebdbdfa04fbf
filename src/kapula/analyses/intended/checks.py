"""Whether every column of every aim is there, of a usable type and finite."""

from __future__ import annotations

from typing import Any

from kapula.analyses.columns import checked
from kapula.analyses.intended.aim import Aim
from kapula.errors import ColumnTypeError, ParameterError
from kapula.schema import require


def check(
    rows: Any, aims: tuple[Aim, ...], by: str | None, time: str | None, period: str | None, weight: str | None,
    cluster: str | None,
) -> None:  # fmt: skip
    """Every column of every aim is there, of a usable type and finite."""
    require(rows.columns, [name for name in (by, time, cluster) if name])
    numeric: dict[str, None] = {}
    for aim in aims:
        rules = [*aim.rules, *([aim.good] if aim.good else [])]
        require(rows.columns, [*aim.applies, *(rule.column for rule in rules)])
        for rule in rules:
            kind = rows[rule.column].type()
            if rule.numeric or kind.is_numeric():
                numeric[rule.column] = None
            values = rule.value if isinstance(rule.value, tuple) else (rule.value,)
            words = any(isinstance(value, str) for value in values if not rule.numeric)
            if not rule.numeric and words != kind.is_string():
                raise ColumnTypeError(
                    f"The aim {aim.name!r} compares {rule.column!r} ({kind}) with {rule.value!r}.",
                    hint="Compare text with text and numbers with numbers.",
                    column=rule.column, type=str(kind), expected="text" if words else "number",
                )  # fmt: skip
    if numeric or weight:
        checked(rows, list(numeric), weight=weight)
    if (time is None) != (period is None):
        raise ParameterError(
            "Periods need both a time column and a period.",
            hint="Give time=… and period=….", parameter="period", value=period,
        )  # fmt: skip
