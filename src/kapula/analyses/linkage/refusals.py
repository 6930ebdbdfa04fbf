"""What cannot be asked of a linkage, refused before anything is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ibis.expr import types as ir

from kapula.analyses.linkage.columns import Columns
from kapula.errors import OffScaleError, ParameterError
from kapula.measures.engine.withhold import require_minimum_n
from kapula.tables import fetch

ADJUSTMENTS: Final = ("season", "none")
MOST_LAG: Final = 104


def require_settings(
    columns: Columns,
    lags: Sequence[int],
    adjust: str,
    level: float,
    scale: Any,
    step: float,
    minimum_n: int,
    apart: bool,
) -> tuple[int, ...]:
    """The lags, each once. Raises :class:`~kapula.errors.ParameterError` for settings that cannot be used."""
    names = [name for name in (columns.unit, columns.time, columns.touchpoint, columns.customer) if name]
    names += [name for name in columns.staff if not (apart and name == columns.customer)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if not columns.staff:
        raise _refused(
            "No staff column was named.", "Name the staff's score, or several items of one scale.", "staff", []
        )
    if twice is not None:
        raise _refused(f"The column {twice!r} has two tasks.", "Name a column for each.", "columns", twice)
    chosen = tuple(dict.fromkeys(lags))
    if not chosen or any(isinstance(lag, bool) or not isinstance(lag, int) or abs(lag) > MOST_LAG for lag in chosen):
        raise _refused(f"{list(lags)!r} are no lags.", f"Give whole numbers up to {MOST_LAG}.", "lags", list(lags))
    if adjust not in ADJUSTMENTS:
        raise _refused(f"There is no adjustment {adjust!r}.", f"Use one of {', '.join(ADJUSTMENTS)}.", "adjust", adjust)
    if not 0.5 <= level < 1:
        raise _refused(f"The level {level} is not between 0.5 and 1.", "0.95 is usual.", "level", level)
    if scale is not None and not (scale[0] < scale[1] and step > 0):
        raise _refused(f"{scale!r} is no scale.", "Give the lowest and the highest answer.", "staff_scale", list(scale))
    require_minimum_n(minimum_n)
    return chosen


def require_on_scale(table: ir.Table, items: Sequence[str], scale: tuple[float, float]) -> None:
    """Raises :class:`~kapula.errors.OffScaleError` for staff answers off the declared scale: r_wg would be of another question."""
    low, high = scale
    ends = {f"{end}{place}": getattr(table[item], end)() for place, item in enumerate(items) for end in ("min", "max")}
    found = fetch(table.aggregate(**ends)).to_pylist()[0]
    for place, item in enumerate(items):
        off = [
            end for end in (found[f"min{place}"], found[f"max{place}"]) if end is not None and not low <= end <= high
        ]
        if off:
            raise OffScaleError(
                f"The column {item!r} has answers off the scale {low:g}…{high:g}: {off[0]:g}.",
                hint="Declare the scale it has, or leave those answers blank.",
                column=item, scale={"low": low, "high": high}, values={f"{end:g}": None for end in off}, count=None,
            )  # fmt: skip


def _refused(message: str, hint: str, parameter: str, value: Any) -> ParameterError:
    return ParameterError(message, hint=hint, parameter=parameter, value=value)
