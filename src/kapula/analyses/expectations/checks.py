"""Settings that cannot be, refused before any data is read."""

from __future__ import annotations

from kapula.analyses.expectations.clock_numbers import YEARS
from kapula.analyses.expectations.rows import Columns
from kapula.errors import ParameterError
from kapula.measures.engine.request import one_of
from kapula.schema import PERIODS


def check(names: Columns, *, unit: str | None, grain: str | None, margin: float | None, level: float) -> None:
    if unit is not None:
        one_of("unit", unit, tuple(YEARS))
    if grain is not None:
        one_of("grain", grain, PERIODS)
    doubled = [
        name
        for name in (names.score, *names.performance)
        if (names.score, *names.performance, *names.mix, names.time).count(name) > 1
    ]
    for wrong, parameter, value, message, hint in (
        (
            not names.performance,
            "performance",
            None,
            "No performance column was named.",
            "Name what the score should follow.",
        ),
        (
            bool(doubled),
            "performance",
            doubled,
            f"The column {''.join(doubled[:1])!r} is named twice.",
            "Name each column once.",
        ),
        (
            margin is not None and not margin > 0,
            "margin",
            margin,
            "The margin is above zero.",
            "Leave it out for the usual one.",
        ),
        (
            not 0.5 < level < 1,
            "level",
            level,
            f"level={level!r} is not a usable confidence level.",
            "Give a number above 0.5 and below 1.",
        ),
    ):
        if wrong:
            raise ParameterError(message, hint=hint, parameter=parameter, value=value)
