"""What is told of one rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.results import Row, plain


@dataclass(frozen=True, slots=True)
class RuleFound:
    """``met``: the share of experiences that meet the rule. ``pivotal``: of the experiences that are not as intended, the share where
    meeting this one too would have been enough."""

    column: str
    op: str
    value: Any
    met: Row
    pivotal: Row | None

    def to_dict(self) -> dict[str, Any]:
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "column": self.column,
            "op": self.op,
            "value": value,
            "met": figures(self.met),
            "pivotal": figures(self.pivotal),
        }


def figures(row: Row | None) -> dict[str, Any] | None:
    """A share with its interval and n."""
    if row is None:
        return None
    return {"value": plain(row.value), "low": plain(row.low), "high": plain(row.high), "n": row.n}
