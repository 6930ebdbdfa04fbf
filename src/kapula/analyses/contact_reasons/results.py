"""What :func:`kapula.contact_reasons` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.results import Row, plain


def told(row: Row | None) -> dict[str, Any] | None:
    return (
        None if row is None else {"value": plain(row.value), "low": plain(row.low), "high": plain(row.high), "n": row.n}
    )


@dataclass(frozen=True, slots=True)
class Lean:
    """A difference from the other contacts (or from the given line) with its interval."""

    value: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        return {"value": plain(self.value), "low": plain(self.low), "high": plain(self.high)}


@dataclass(frozen=True, slots=True)
class Reason:
    """``verdict``: "automate", "help_human", "remove_cause", "leave", "not_sure" or "not_enough". ``likely``: the place of greatest
    ``certainty``. ``n``: contacts, ``answers``: how many of them have an answer, by score; each figure tells its own
    n. ``feeling`` and ``trouble``: against the other contacts, trouble in standard deviations."""

    name: str
    n: int
    verdict: str
    needed_n: int | None = None
    volume: Row | None = None
    effort: Row | None = None
    emotion: Row | None = None
    resolved: Row | None = None
    feeling: Lean | None = None
    trouble: Lean | None = None
    likely: str | None = None
    certainty: Mapping[str, float] = field(default_factory=dict)
    p: float | None = None
    answers: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "reason": self.name,
            "n": self.n,
            "answers": dict(self.answers),
            "verdict": self.verdict,
            "likely": self.likely,
            "certainty": dict(self.certainty),
            "p": plain(self.p),
            "needed_n": self.needed_n,
            **{name: told(getattr(self, name)) for name in ("volume", "effort", "emotion", "resolved")},
            **{
                name: None if (one := getattr(self, name)) is None else one.to_dict() for name in ("feeling", "trouble")
            },
        }


@dataclass(frozen=True, slots=True)
class ContactReasonsResult:
    """``verdict``: "placed" (at least one reason is surely in its place), "not_sure" or "not_enough". ``n``: contacts with a reason,
    ``answers``: how many of them have an answer, by score.
    ``lines``: where the map is divided: the means of all contacts, or what was given."""

    verdict: str
    n: int
    needed_n: int | None
    reasons: tuple[Reason, ...]
    lines: Mapping[str, float | None] = field(default_factory=dict)
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    answers: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "n": self.n,
            "answers": dict(self.answers),
            "needed_n": self.needed_n,
            "reasons": [one.to_dict() for one in self.reasons],
            "lines": dict(self.lines),
            "method": dict(self.method),
            "warnings": list(self.warnings),
        }
