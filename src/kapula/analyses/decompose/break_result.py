"""A break of comparability in the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kapula.analyses.decompose.part import Part
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class BreakPart:
    """Figures of the two periods are not, or may not be, comparable. ``part``: how much of the total change coincides with the change of
    that mix. ``period``: the first period of the new mix where a time column tells it."""

    code: str
    hard: bool
    distance: float
    p: float
    period: str | None
    n_first: int
    n_second: int
    before: Mapping[str, float]
    after: Mapping[str, float]
    part: Part

    def to_dict(self) -> dict[str, Any]:
        found = {
            name: getattr(self, name) for name in ("code", "hard", "distance", "p", "period", "n_first", "n_second")
        }
        return {
            **found,
            "part": plain(self.part.value),
            "low": plain(self.part.low),
            "high": plain(self.part.high),
            "before": dict(self.before),
            "after": dict(self.after),
        }
