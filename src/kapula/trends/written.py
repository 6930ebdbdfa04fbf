"""Times written as whole numbers: months as 202301 and days as 20230131.

Taken as plain numbers they would be wrong without a word: December and January are 89 apart, and a year has 100 months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from kapula.errors import ParameterError

FIRST, LAST = 1900, 2100
"""Years that a written time may name."""
MONTH: Final = "month"
DAY: Final = "day"
_HINT: Final = "Give dates, or ISO periods such as 2026-01, 2026-W05 or 2026-Q1; or count the periods from 1."


def kind_of(values: Iterable[float], column: str) -> str | None:
    """What every value is: "month" when each value is written YYYYMM, "day" when each is written YYYYMMDD, else None: plain numbers.

    ``values``: finite numbers, no blanks; at least two must differ, and years are 1900–2100. Raises :class:`ParameterError` naming a
    value when some look like months or days and others do not, or when they look like weeks (202453) or quarters (20244).
    """
    different = sorted(set(values))
    if len(different) < 2 or any(value != int(value) for value in different):
        return None
    whole = [int(value) for value in different]
    for kind, read, width in ((MONTH, month_of, 100), (DAY, day_of, 10_000)):
        fits = [read(value) is not None for value in whole]
        if all(fits):
            return kind
        near = all(FIRST * width <= value < (LAST + 1) * width for value in whole)
        if near or sum(fits) > len(fits) / 2:
            odd = next(value for value, fit in zip(whole, fits, strict=True) if not fit)
            raise _ambiguous(column, odd, f"look like {kind}s written as numbers, but {odd} names no {kind}")
    if len(whole) >= 4 and all(FIRST <= value // 10 <= LAST and 1 <= value % 10 <= 4 for value in whole):
        raise _ambiguous(column, whole[0], "may be quarters, or plain numbers")
    return None


def month_of(value: int) -> date | None:
    """The first day of the month written YYYYMM; None when it names none."""
    year, month = divmod(value, 100)
    return date(year, month, 1) if FIRST <= year <= LAST and 1 <= month <= 12 else None


def day_of(value: int) -> date | None:
    """The day written YYYYMMDD; None when it names none."""
    try:
        found = date(value // 10_000, value // 100 % 100, value % 100)
    except ValueError:
        return None
    return found if FIRST <= found.year <= LAST else None


READERS: Final[dict[str, Callable[[int], date | None]]] = {MONTH: month_of, DAY: day_of}


def _ambiguous(column: str, value: int, why: str) -> ParameterError:
    return ParameterError(
        f"The times in {column!r} {why}.",
        hint=_HINT,
        parameter="time",
        value=value,
    )
