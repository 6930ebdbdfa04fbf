"""Minimum-n suppression of a result's rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kapula.errors import ParameterError
from kapula.measures.engine.collect import Key
from kapula.results import Row
from kapula.statistics.suppression import suppress


def require_minimum_n(minimum_n: Any) -> None:
    """Raises :class:`~kapula.errors.ParameterError` for a minimum below zero, before any data is read: with it nothing would be withheld,
    and nobody told."""
    if isinstance(minimum_n, str | bool) or not minimum_n >= 0:
        raise ParameterError(
            f"minimum_n={minimum_n!r} is no number of answers.",
            hint="Give zero or more.",
            parameter="minimum_n",
            value=minimum_n if isinstance(minimum_n, int | str) else str(minimum_n),
        )


def withhold(rows: Mapping[Key, Row], minimum_n: int) -> dict[Key, Row]:
    """The rows with value and interval taken out where a group is under the minimum, or would reveal one that is."""
    primary, complementary = suppress({key: row.n for key, row in rows.items()}, minimum_n)
    found = dict(rows)
    for keys, code in ((primary, "suppressed"), (complementary, "suppressed_complement")):
        for key in keys:
            row = rows[key]
            found[key] = replace(row, value=None, low=None, high=None, warnings=(*row.warnings, code))
    return found
