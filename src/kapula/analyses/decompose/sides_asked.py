"""Which way the two periods were asked for, and the wordings where their days were named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kapula.analyses.decompose.sides import Sides, worded
from kapula.analyses.decompose.sides_by_column import by_column
from kapula.analyses.decompose.sides_by_time import by_time
from kapula.errors import ParameterError


def reworded_sides(sides: Sides, time: str | None, days: Sequence[Any], wording: str | None, timezone: str) -> Sides:
    if time is None or wording is not None:
        raise ParameterError(
            "The days of rewording go with time=…, and without wording=….",
            hint="Name one of the two.",
            parameter="reworded",
            value=[str(day) for day in days],
        )
    return worded(sides, time, days, timezone)


def sides_asked(
    rows: Any, *, period: str | None, time: str | None, first: Any, second: Any, timezone: str, kind: str | None
) -> Sides:
    """``kind``: the periods that the times name, if they do."""
    if (period is None) == (time is None):
        raise ParameterError(
            "The two periods are told by one column.",
            hint="Give period=… (a column of labels) or time=… (a column of dates).",
            parameter="period",
            value=period,
        )
    if period is not None:
        return by_column(rows, period, first, second)
    return by_time(rows, str(time), first, second, timezone, kind)
