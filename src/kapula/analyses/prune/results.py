"""What :func:`kapula.prune` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.prune.cut import Cut
from kapula.analyses.prune.indices import Careless
from kapula.analyses.prune.question import QuestionFound
from kapula.analyses.prune.reliability import Alpha
from kapula.analyses.prune.twins import Twins
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class PruneResult:
    """Which questions may go. ``verdict``: "can_drop", "keep_all", "unsure", "no_prediction" or "not_enough". ``n``: whole answers used.
    ``with_all`` and ``without_careless``: the cut on all answers, and on those that are not flagged as careless. ``seconds_saved``: of one
    answer's time; ``minutes_saved``: of everyone's."""

    verdict: str
    n: int
    needed_n: int | None
    outcome: str
    questions: tuple[QuestionFound, ...]
    leading: tuple[str, ...] = ()
    twins: tuple[Twins, ...] = ()
    alpha: Alpha | None = None
    careless: Careless | None = None
    with_all: Cut | None = None
    without_careless: Cut | None = None
    seconds_saved: float | None = None
    minutes_saved: float | None = None
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def drop(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.questions if one.drop)

    def to_dict(self) -> dict[str, Any]:
        def told(part: Any) -> dict[str, Any] | None:
            found: dict[str, Any] | None = None if part is None else part.to_dict()
            return found

        return {
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "outcome": self.outcome,
            "leading": list(self.leading),
            "drop": list(self.drop),
            "questions": [one.to_dict() for one in self.questions],
            "twins": [pair.to_dict() for pair in self.twins],
            "alpha": told(self.alpha),
            "careless": told(self.careless),
            "with_all": told(self.with_all),
            "without_careless": told(self.without_careless),
            "seconds_saved": plain(self.seconds_saved),
            "minutes_saved": plain(self.minutes_saved),
            "method": dict(self.method),
            "warnings": list(self.warnings),
        }
