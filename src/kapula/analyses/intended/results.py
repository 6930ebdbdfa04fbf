"""What :func:`kapula.intended` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.intended.found import AimFound


@dataclass(frozen=True, slots=True)
class IntendedResult:
    """``verdict``: "missed" (an aim surely falls short of its target), "reached" (all that have one surely reach it), "unsure", "measured"
    (no targets) or "not_enough". ``n``: experiences that at least one aim can be told of."""

    verdict: str
    n: int
    needed_n: int | None
    aims: tuple[AimFound, ...]
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "aims": [aim.to_dict() for aim in self.aims],
            "method": dict(self.method),
            "warnings": list(self.warnings),
        }
