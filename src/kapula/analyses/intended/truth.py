"""Whether a row meets a rule, in three values: met, not met, not known."""

from __future__ import annotations

from typing import Any

import ibis

from kapula.analyses.intended.rule import ORDERED, Rule


def truth(table: Any, rule: Rule) -> Any:
    """Whether the row meets the rule; null when it is not known."""
    column = table[rule.column]
    if column.type().is_floating():
        # Not nullif: of a Parquet column DuckDB takes the statistics to say that no value equals NaN, and NaN is above every threshold.
        column = column.isnan().ifelse(ibis.null(column.type()), column)
    if rule.missing:
        column = column.isin(list(rule.missing)).ifelse(ibis.null(column.type()), column)
    found = _compared(column, rule)
    if rule.blank != "unknown":
        found = found.fill_null(rule.blank == "yes")
    return found


def _compared(column: Any, rule: Rule) -> Any:
    value = list(rule.value) if isinstance(rule.value, tuple) else rule.value
    if rule.op in ORDERED or rule.op in ("present", "absent"):
        column = column.cast("float64")
    tests = {
        ">=": lambda: column >= value,
        ">": lambda: column > value,
        "<=": lambda: column <= value,
        "<": lambda: column < value,
        "between": lambda: column.between(*value),
        "==": lambda: column == value,
        "!=": lambda: column != value,
        "in": lambda: column.isin(value),
        "not in": lambda: column.notin(value),
        "present": lambda: column > 0,
        "absent": lambda: column <= 0,
    }
    return tests[rule.op]()
