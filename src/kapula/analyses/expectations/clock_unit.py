"""How long a step of a counted time is, when nobody said; and which settings a time has no use for."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.errors import ParameterError
from kapula.trends.written import FIRST, LAST

USUAL: Final = "year"
ASSUMED: Final = "unit_assumed"
_WORDS: Final = re.compile(r"[A-ZÅÄÖ]?[a-zåäö]+|[A-ZÅÄÖ]+")
"""Words of a column's name: survey_month, SurveyMonth, "month no."."""
STEMS: Final[tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = (
    ("quarter", ("quarter", "kvart", "vuosinelj", "neljännes", "neljannes"), ("qtr",)),
    ("month", ("month", "kuukau", "månad", "manad"), ("kk", "mån")),
    ("week", ("week", "viik", "veck"), ("vk", "wk")),
    ("day", (), ("day", "days", "päivä", "paiva", "dag", "dagar")),
    ("year", ("year", "vuosi", "vuode"), ("år", "yr")),
)
"""Unit, how its words begin, and words as they are: Finnish, Swedish and English, and without dots."""


def unit_in(column: str) -> str | None:
    """The unit that a column's name says: "survey_month" is counted in months."""
    words = [word.lower() for word in _WORDS.findall(column)]
    for unit, stems, whole in STEMS:
        if any(word in whole or word.startswith(stems) for word in words):
            return unit
    return None


def unit_of(given: str | None, column: str, times: NDArray[np.float64]) -> tuple[str, tuple[str, ...]]:
    """The unit, and a warning when it is taken for years though nothing says so. ``times``: (rows,), NaN where blank. Years as they are
    written (2024), and times that flow (2024.37), say what they are."""
    said = given or unit_in(column)
    if said is not None:
        return said, ()
    known = times[np.isfinite(times)]
    plain = (
        known.size > 0
        and bool((known == np.floor(known)).all())
        and not bool(((known >= FIRST) & (known <= LAST)).all())
    )
    return USUAL, (ASSUMED,) if plain else ()


def refuse_unit(unit: str | None, column: str, holds: str) -> None:
    """Raises :class:`~kapula.errors.ParameterError` for a unit beside times that are no plain numbers: it would change nothing. ``holds``:
    what they are."""
    if unit is not None:
        raise ParameterError(
            f"The times in {column!r} are {holds}, and a unit has no use: it is how long a step of a plain number is.",
            hint="Leave the unit out; the grain is what chooses the periods of dates.",
            parameter="unit",
            value=unit,
        )


def refuse_grain(grain: str | None, column: str) -> None:
    """Raises :class:`~kapula.errors.ParameterError` for a grain beside times that are plain numbers: they have no calendar."""
    if grain is not None:
        raise ParameterError(
            f"The times in {column!r} are plain numbers, and a grain has no use: it is what dates are gathered by.",
            hint="Leave the grain out; the unit is how long a step of a number is.",
            parameter="grain",
            value=grain,
        )
