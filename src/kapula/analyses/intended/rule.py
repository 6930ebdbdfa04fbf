"""One rule: a column, an operator and a value, and what blank means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

ORDERED: Final = (">=", ">", "<=", "<", "between")
EQUAL: Final = ("==", "!=", "in", "not in")
THEMES: Final = ("present", "absent")
OPERATORS: Final = (*ORDERED, *EQUAL, *THEMES)
BLANKS: Final = ("unknown", "no", "yes")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing an experience should be. ``column`` ``op`` ``value``: an item and its threshold, or a theme (true or above 0) "present" or
    "absent". ``weight``: in a weighted combination. ``blank``: what a blank means ("unknown", "no" or "yes"). ``missing``: values that mean
    no answer."""

    column: str
    op: str
    value: Any = None
    weight: float = 1.0
    blank: str = "unknown"
    missing: tuple[Any, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether the column must hold numbers."""
        return self.op in ORDERED or self.op in THEMES

    def to_dict(self) -> dict[str, Any]:
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "column": self.column,
            "op": self.op,
            "value": value,
            "weight": self.weight,
            "blank": self.blank,
            "missing": list(self.missing),
        }
