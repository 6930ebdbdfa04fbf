"""What a pillar or a touchpoint aims at, declared: its rules and how they are combined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.intended.rule import Rule


@dataclass(frozen=True, slots=True)
class Aim:
    """``combine``: "all", "any", "at_least" (``needed`` rules) or "weighted" (``needed`` share of the rules' weight). ``applies``: column →
    values of the experiences it is about. ``good``: when an experience is good by its score. ``target``: the share aimed at."""

    name: str
    rules: tuple[Rule, ...]
    combine: str = "all"
    needed: float | None = None
    applies: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    good: Rule | None = None
    target: float | None = None
    pillar: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "pillar": self.pillar,
            "applies": {column: list(values) for column, values in self.applies.items()},
            "rules": [rule.to_dict() for rule in self.rules],
            "combine": self.combine,
            "needed": self.needed,
            "good": None if self.good is None else self.good.to_dict(),
            "target": self.target,
        }

    @property
    def least(self) -> float:
        """How much rule weight must be met."""
        total = sum(rule.weight for rule in self.rules)
        if self.combine == "weighted":
            return float(self.needed or 0) * total
        return {"all": float(len(self.rules)), "any": 1.0}.get(self.combine, float(self.needed or 0))
