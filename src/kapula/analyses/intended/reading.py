"""Rules read from mappings, each key checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kapula.analyses.intended.faults import fault, is_number, only_known
from kapula.analyses.intended.rule import BLANKS, OPERATORS, Rule


def rule_of(given: Any, where: str) -> Rule:
    """A rule from a mapping. Raises :class:`~kapula.errors.ParameterError`."""
    if isinstance(given, Rule):
        return given
    only_known(given, ("column", "op", "value", "weight", "blank", "missing"), where)
    column, op = given.get("column"), given.get("op")
    if not isinstance(column, str) or not column:
        raise fault(f"{where}.column", column, "Name the column that the rule reads.", given, "column")
    if op not in OPERATORS:
        raise fault(f"{where}.op", op, f"Use one of {', '.join(OPERATORS)}.", given, "op", OPERATORS)
    weight = given.get("weight", 1.0)
    if not is_number(weight) or not weight > 0:
        raise fault(f"{where}.weight", weight, "A weight is a number above zero.", given, "weight")
    blank = given.get("blank", "unknown")
    blank = {True: "yes", False: "no"}.get(blank, blank)  # YAML reads a bare yes and no as true and false
    if blank not in BLANKS:
        raise fault(f"{where}.blank", blank, f"Use one of {', '.join(BLANKS)}.", given, "blank", BLANKS)
    missing = given.get("missing") or ()
    codes = (missing,) if isinstance(missing, str | int | float) else tuple(missing)
    return Rule(column, op, _value(given, op, where), float(weight), blank, codes)


def _value(given: Mapping[str, Any], op: str, where: str) -> Any:
    value: Any = given.get("value")
    listed = isinstance(value, Sequence) and not isinstance(value, str)
    wants: dict[str, tuple[str, Callable[[], bool]]] = {
        "between": (
            "Give value: [low, high], low first.",
            lambda: listed and len(value) == 2 and all(map(is_number, value)) and value[0] <= value[1],
        ),
        "in": ("Give value: a list.", lambda: listed and len(value) > 0),
        "not in": ("Give value: a list.", lambda: listed and len(value) > 0),
        "present": ("A theme needs no value.", lambda: value is None),
        "absent": ("A theme needs no value.", lambda: value is None),
        "==": ("Give one value.", lambda: value is not None and not listed),
        "!=": ("Give one value.", lambda: value is not None and not listed),
    }
    hint, holds = wants.get(op, ("Give a number as the threshold.", lambda: is_number(value)))
    if not holds():
        raise fault(f"{where}.value", value, hint, given, "value")
    return tuple(value) if listed else value
