"""What :func:`kapula.intended` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.intended.aims import Aim
from kapula.results import Difference, Row, plain


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


def figures(row: Row | None) -> dict[str, Any] | None:
    """A share with its interval and n."""
    if row is None:
        return None
    return {"value": plain(row.value), "low": plain(row.low), "high": plain(row.high), "n": row.n}
