"""How an aim's rules are combined, what it is about and what share is aimed at: read from mappings and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kapula.analyses.intended.faults import fault, is_number

COMBINATIONS: Final = ("all", "any", "at_least", "weighted")


def combination_of(given: Mapping[str, Any], where: str, rules: int) -> tuple[str, float | None]:
    combine: Any = given.get("combine", "all")
    needed: Any = given.get("needed")
    if combine not in COMBINATIONS:
        raise fault(
            f"{where}.combine", combine, f"Use one of {', '.join(COMBINATIONS)}.", given, "combine", COMBINATIONS
        )
    if combine == "at_least" and not (
        isinstance(needed, int) and not isinstance(needed, bool) and 1 <= needed <= rules
    ):
        raise fault(f"{where}.needed", needed, f"Say how many of the {rules} rules are needed.", given, "needed")
    if combine == "weighted" and not (is_number(needed) and 0 < needed <= 1):
        raise fault(f"{where}.needed", needed, "Say which share of the weight is needed, such as 0.7.", given, "needed")
    if combine in ("all", "any") and needed is not None:
        raise fault(f"{where}.needed", needed, "Leave needed out, or use combine: at_least.", given, "needed")
    return combine, None if needed is None else float(needed) if combine == "weighted" else int(needed)


def applies_of(given: Mapping[str, Any], where: str) -> dict[str, tuple[Any, ...]]:
    applies = given.get("applies") or {}
    if not isinstance(applies, Mapping):
        raise fault(f"{where}.applies", applies, "Give column: value or column: [values].", given, "applies")
    return {
        str(column): tuple(values) if isinstance(values, list | tuple | set) else (values,)
        for column, values in applies.items()
    }


def share_of(given: Mapping[str, Any], key: str, where: str) -> float | None:
    value: Any = given.get(key)
    if value is not None and not (is_number(value) and 0 < value < 1):
        raise fault(f"{where}.{key}", value, "A share lies between 0 and 1, such as 0.7.", given, key)
    return None if value is None else float(value)
