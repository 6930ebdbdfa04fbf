"""What is told of one aim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.intended.aim import Aim
from kapula.analyses.intended.met import RuleFound, figures
from kapula.results import Difference, Row, plain


@dataclass(frozen=True, slots=True)
class AimFound:
    """One aim's answer. ``share``: of the experiences that are known, those as intended. ``unknown``: experiences that the aim is about but
    that blanks leave open; ``worst`` and ``best``: the share if none, or all, of them were as intended. ``kinds``: shares of good and
    intended, good only, intended only, and neither. ``contrasts``: each group against the other groups, ``q`` corrected over all
    aims and groups. ``change``: the last period against the one before, corrected over the aims."""

    aim: Aim
    verdict: str
    n: int
    needed_n: int | None
    share: Row | None = None
    unknown: int = 0
    worst: Row | None = None
    best: Row | None = None
    rules: tuple[RuleFound, ...] = ()
    kinds: Mapping[str, Row] = field(default_factory=dict)
    groups: tuple[Row, ...] = ()
    contrasts: tuple[Difference, ...] = ()
    periods: tuple[Row, ...] = ()
    change: Difference | None = None
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        share = figures(self.share) or {"value": None, "low": None, "high": None}
        rows, told = self.n + self.unknown, self.share is not None
        return {
            "name": self.aim.name,
            "pillar": self.aim.pillar,
            "applies": {column: list(values) for column, values in self.aim.applies.items()},
            "combine": self.aim.combine,
            "target": self.aim.target if told else None,
            "rules": [rule.to_dict() for rule in self.rules],
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "value": share["value"],
            "low": share["low"],
            "high": share["high"],
            "unknown_n": self.unknown,
            "unknown_share": plain(self.unknown / rows) if rows and told else None,
            "worst": figures(self.worst),
            "best": figures(self.best),
            "kinds": {name: figures(row) for name, row in self.kinds.items()},
            "groups": [row.to_dict() for row in self.groups],
            "contrasts": [one.to_dict() for one in self.contrasts],
            "periods": [row.to_dict() for row in self.periods],
            "change": None if self.change is None else self.change.to_dict(),
            "warnings": list(self.warnings),
        }
