"""Which answer scale a column's whole numbers lie on, and which of them are codes beyond it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SCALES: Final = ((1, 5), (1, 7), (0, 10), (1, 10), (1, 4), (4, 10), (0, 100))
"""The scales in use; the order in which equals are preferred."""

CODES: Final = frozenset({-99, -9, -8, -1, 0, 6, 7, 8, 9, 11, 12, 77, 88, 96, 97, 98, 99, 888, 997, 998, 999, 9999})
"""Numbers that survey tools use for "no answer", "don't know" and "does not concern me" when they lie beyond the scale."""

CODE_DISTANCE = 2


@dataclass(frozen=True, slots=True)
class ScaleFit:
    """``outside``: whole numbers beyond the scale with their counts, all of them known missing codes."""

    low: int
    high: int
    outside: Mapping[int, int]
    full: bool


def fits(counts: Mapping[float, int]) -> list[ScaleFit]:
    """The scales the numbers may lie on, the likeliest first; none when there are fractions or numbers no scale explains."""
    whole = {int(value): n for value, n in counts.items() if value == int(value)}
    if not whole or len(whole) < len(counts):
        return []
    found = [fit for low, high in SCALES if (fit := _fit(whole, low, high)) is not None]
    return sorted(found, key=lambda fit: (_unexplained(fit, whole), not fit.full, SCALES.index((fit.low, fit.high))))


def _fit(whole: Mapping[int, int], low: int, high: int) -> ScaleFit | None:
    inside = {value: n for value, n in whole.items() if low <= value <= high}
    outside = {value: n for value, n in whole.items() if value not in inside}
    if not inside or not all(is_code(value, low, high) for value in outside):
        return None
    return ScaleFit(low, high, dict(sorted(outside.items())), len(inside) == high - low + 1)


def is_code(value: int, low: int, high: int) -> bool:
    """A number beyond the scale that may well mean "no answer": next to the scale (0 and 6 about 1–5, 11 above 0–10)
    or one of the numbers no scale reaches."""
    near = value == 0 or (high < value <= high + CODE_DISTANCE)
    return value in CODES and (near or value < 0 or value >= 77)


def _unexplained(fit: ScaleFit, whole: Mapping[int, int]) -> float:
    """A wider scale that is used to its ends needs no codes; an unused end speaks against it."""
    top_used = fit.high in whole
    bottom_used = fit.low in whole or fit.low == 0
    return (not top_used) + 0.5 * (not bottom_used) + 0.1 * len(fit.outside)
