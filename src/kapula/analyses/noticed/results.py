"""What :func:`kapula.noticed` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kapula.analyses.noticed.parts import Before, Cohort, Effect, Since
from kapula.results import plain

FIGURES: Final = ("low", "high", "p", "share", "expected")


@dataclass(frozen=True, slots=True)
class NoticedResult:
    """``verdict``: "noticed", "less", "no_change_seen", "no_mentions" or "not_enough". ``n``: teams, of which ``rolled_out`` have a
    comparison after their roll-out; ``n_comments``: all comments. ``effect``: the answer, corrected for the matcher's error where that
    was given; ``found``: as the matcher found it. ``left_out``: comments after a roll-out when no team was left to compare with."""

    verdict: str
    n: int
    needed_n: int | None
    n_comments: int
    rolled_out: int
    left_out: int
    effect: Effect | None = None
    found: Effect | None = None
    cohorts: tuple[Cohort, ...] = ()
    since: tuple[Since, ...] = ()
    before: Before | None = None
    matcher: Mapping[str, Any] | None = None
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "n_comments": self.n_comments,
            "rolled_out": self.rolled_out,
            "left_out": self.left_out,
            "effect": None if self.effect is None else plain(self.effect.value),
            **{name: None if self.effect is None else plain(getattr(self.effect, name)) for name in FIGURES},
            "found": None if self.found is None else self.found.to_dict(),
            "cohorts": [one.to_dict() for one in self.cohorts],
            "since": [one.to_dict() for one in self.since],
            "before": None if self.before is None else self.before.to_dict(),
            "matcher": self.matcher,
            "method": dict(self.method),
            "warnings": list(self.warnings),
        }
