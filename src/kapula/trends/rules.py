"""Rules that tell a signal from noise on a control chart.

Each rule takes the standardised distances from the centre (gaps removed, shape (m,)) and returns, for each point that
ends a signal, the index at which the pattern began and its direction. Sources: Western Electric Statistical Quality
Control Handbook (1956); Nelson, Journal of Quality Technology 16(4), 1984. To add a rule, write the function and
register it in ``RULES``: charts, codes and the contract test pick it up from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.errors import ParameterError
from kapula.trends.noise import Floats

Found = tuple[int, int, int]
"""(index where the pattern began, index where it was complete, direction −1 or 1)."""


@dataclass(frozen=True, slots=True)
class Signal:
    """``chart``: "individuals" or "ewma". ``rule``: a name in RULES. ``period``: where the pattern was complete;
    ``since``: where it began. ``direction``: 1 above the centre, −1 below."""

    chart: str
    rule: str
    period: str
    since: str
    direction: int

    def to_dict(self) -> dict[str, str | int]:
        return {name: getattr(self, name) for name in self.__slots__}


def beyond_limits(distance: Floats, width: float) -> list[Found]:
    """One point beyond the control limits (Western Electric 1, Nelson 1)."""
    return [(int(i), int(i), int(np.sign(distance[i]))) for i in np.flatnonzero(np.abs(distance) > width)]


def goes_beyond(distance: Floats, width: float) -> list[Found]:
    """The first of consecutive points beyond the same control limit: for smoothed series, which stay out for a
    while."""
    sides = np.where(np.abs(distance) > width, np.sign(distance), 0).astype(int)
    entered = np.flatnonzero((sides != 0) & (np.diff(sides, prepend=0) != 0))
    return [(int(i), int(i), int(sides[i])) for i in entered]


def run_of_8(distance: Floats, width: float) -> list[Found]:
    """Eight in a row on the same side of the centre (Western Electric 4): told once, when the eighth comes."""
    found, start = [], 0
    for index, side in enumerate(np.sign(distance)):
        if side == 0 or (index > 0 and side != np.sign(distance[index - 1])):
            start = index
        if side != 0 and index - start == 7:
            found.append((start, index, int(side)))
    return found


def two_of_3(distance: Floats, width: float) -> list[Found]:
    """Two of three beyond two thirds of the limits, same side (Western Electric 2)."""
    return _several(distance, 2 / 3 * width, 2, 3)


def four_of_5(distance: Floats, width: float) -> list[Found]:
    """Four of five beyond one third of the limits, same side (Western Electric 3)."""
    return _several(distance, 1 / 3 * width, 4, 5)


def trend_of_6(distance: Floats, width: float) -> list[Found]:
    """Six in a row each higher, or each lower, than the one before (Nelson 3): told once."""
    found, start, before = [], 0, 0
    for index, step in enumerate(np.sign(np.diff(distance)), start=1):
        if step != before or step == 0:
            start, before = index - 1, int(step)
        if step != 0 and index - start == 5:
            found.append((start, index, int(step)))
    return found


def _several(distance: Floats, bound: float, wanted: int, among: int) -> list[Found]:
    found = []
    for end in range(among - 1, len(distance)):
        start = end - among + 1
        for side in (-1, 1):
            if side * distance[end] > bound and (side * distance[start : end + 1] > bound).sum() >= wanted:
                found.append((start, end, side))
    return found


RULES: Final[dict[str, Callable[[Floats, float], list[Found]]]] = {
    "beyond_limits": beyond_limits,
    "goes_beyond": goes_beyond,
    "run_of_8": run_of_8,
    "two_of_3": two_of_3,
    "four_of_5": four_of_5,
    "trend_of_6": trend_of_6,
}
DEFAULT_RULES: Final = ("beyond_limits", "run_of_8")
SMOOTHED_RULES: Final = ("goes_beyond",)
"""Consecutive EWMA values share answers, so run rules mean nothing there (Montgomery 9.2)."""


def require_rules(names: Iterable[str]) -> tuple[str, ...]:
    """The names as a tuple, or :class:`ParameterError` for one that is not registered."""
    chosen = tuple(names)
    for name in chosen:
        if name not in RULES:
            raise ParameterError(
                f"There is no rule {name!r}.",
                hint=f"Use some of: {', '.join(RULES)}.",
                parameter="rules",
                value=name,
                allowed=list(RULES),
            )
    return chosen


def signals(
    chart: str, labels: Iterable[str], distance: Floats, width: float, rules: Iterable[str] = DEFAULT_RULES
) -> list[Signal]:
    """Every signal of a chart in time order. ``labels`` and ``distance`` have the same length; NaN distances (gaps)
    are passed over."""
    present = np.isfinite(distance)
    names = [label for label, there in zip(labels, present, strict=True) if there]
    kept = distance[present]
    found = [
        (end, Signal(chart, rule, names[end], names[start], side))
        for rule in rules
        for start, end, side in RULES[rule](kept, width)
    ]
    return [signal for _, signal in sorted(found, key=lambda pair: pair[0])]
