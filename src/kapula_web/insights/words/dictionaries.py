"""Results that were kept as JSON, made results again."""

from __future__ import annotations

from typing import Any

from kapula.results import Difference, Row


def row_of(kept: dict[str, Any] | None) -> Row | None:
    if kept is None:
        return None
    return Row(**{**kept, "warnings": tuple(kept["warnings"])})


def difference_of(kept: dict[str, Any] | None) -> Difference | None:
    """A difference from its ``to_dict()``; further keys are left out."""
    if kept is None:
        return None
    first, second = row_of(kept["first"]), row_of(kept["second"])
    if first is None or second is None:
        return None
    return Difference(
        first, second, kept["value"], kept["low"], kept["high"], kept["p"], kept["sure"], tuple(kept["warnings"])
    )
