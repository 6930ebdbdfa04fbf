"""Infinite values, found alike on every engine."""

from __future__ import annotations

import sys
from typing import Any, Final

LARGEST: Final = 1e100
"""What is larger cannot be squared and summed. No answer is: such figures are codes for "no answer" of statistics programs (−1.8e308)."""


def infinite(column: Any, largest: float = sys.float_info.max) -> Any:
    """True where a float column is plus or minus infinity, or beyond ``largest``. Ibis writes its own ``isinf()`` on Spark as FALSE; and
    Spark holds NaN to be larger than any number, so NaN is excluded by name."""
    number = column.cast("float64")
    return (number.abs() > largest) & ~number.isnan()
