"""How long a step of a counted time is, when nobody said."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

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
