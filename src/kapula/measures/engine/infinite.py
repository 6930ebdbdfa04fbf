"""Infinite values, found alike on every engine."""

from __future__ import annotations

import sys
from typing import Any


def infinite(column: Any) -> Any:
    """True where a float column is plus or minus infinity. Ibis writes its own ``isinf()`` on Spark as FALSE; and Spark holds
    NaN to be larger than any number, so NaN is excluded by name."""
    number = column.cast("float64")
    return (number.abs() > sys.float_info.max) & ~number.isnan()
