"""Minimum-n suppression of a result's rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kapula.measures.engine.collect import Key
from kapula.results import Row
from kapula.statistics.suppression import suppress


def withhold(rows: Mapping[Key, Row], minimum_n: int) -> dict[Key, Row]:
    """The rows with value and interval taken out where a group is under the minimum, or would reveal one that is."""
    primary, complementary = suppress({key: row.n for key, row in rows.items()}, minimum_n)
    found = dict(rows)
    for keys, code in ((primary, "suppressed"), (complementary, "suppressed_complement")):
        for key in keys:
            row = rows[key]
            found[key] = replace(row, value=None, low=None, high=None, warnings=(*row.warnings, code))
    return found
