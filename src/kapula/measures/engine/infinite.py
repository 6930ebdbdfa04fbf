"""Infinite values, and those too large or too small to compute with, found alike on every engine."""

from __future__ import annotations

import sys
from typing import Any, Final

from kapula.errors import ParameterError

LARGEST: Final = 1e100
"""What is larger cannot be squared and summed. No answer is: such figures are codes for "no answer" of statistics programs (−1.8e308)."""

SMALLEST: Final = 1e-100
"""Where every figure is smaller, their squares vanish, and with them every interval."""


def infinite(column: Any, largest: float = sys.float_info.max) -> Any:
    """True where a float column is plus or minus infinity, or beyond ``largest``. Ibis writes its own ``isinf()`` on Spark as FALSE; and
    Spark holds NaN to be larger than any number, so NaN is excluded by name."""
    number = column.cast("float64")
    return (number.abs() > largest) & ~number.isnan()


def vanishing(column: Any) -> Any:
    """True where a float column holds a figure under ``SMALLEST`` that is not 0. A NaN is not."""
    number = column.cast("float64")
    return (number != 0) & (number.abs() < SMALLEST)


def wrong_size(column: str, most: float) -> ParameterError:
    """The refusal of a column whose figures are all so small, or some so large, that they cannot be squared. ``most``: the largest."""
    return ParameterError(
        f"The figures of {column!r} are too {'large' if most > 1 else 'small'} to compute with: {most:.3g}.",
        hint="Give them in another unit.",
        parameter="columns",
        value=column,
    )
