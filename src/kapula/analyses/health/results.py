"""What a check of the data returns: findings, each with its evidence and what mends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.health.kinds import KINDS, SEVERITIES
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Finding:
    """``subject``: what it is about, "question", "source", "measure", "series" or "rows", with its ``code``; ``others``: the codes it is
    held against. ``evidence``: figures. ``since``: ISO day from which it has been so, None where that means nothing."""

    kind: str
    subject: str
    code: str
    evidence: Mapping[str, Any]
    severity: str
    way_out: str
    since: str | None = None
    others: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        evidence = {key: plain(value) if isinstance(value, float) else value for key, value in self.evidence.items()}
        return {
            "kind": self.kind,
            "subject": self.subject,
            "code": self.code,
            "others": list(self.others),
            "evidence": evidence,
            "severity": self.severity,
            "since": self.since,
            "way_out": self.way_out,
        }


@dataclass(frozen=True, slots=True)
class HealthResult:
    """``findings``: the gravest first. ``checked``: kind → how many subjects were looked at; kinds with nothing to look at are left
    out, so a
    missing kind is no clean bill. ``n``: rows with an
    answer."""

    verdict: str
    n: int
    needed_n: int | None
    findings: tuple[Finding, ...]
    checked: Mapping[str, int] = field(default_factory=dict)
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "findings": [one.to_dict() for one in self.findings],
            "checked": dict(self.checked),
            "warnings": list(self.warnings),
            "method": dict(self.method),
        }


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """By severity, then kind and code: the same findings always in the same order."""
    kinds = list(KINDS)
    return tuple(
        sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), kinds.index(one.kind), one.code, one.others))
    )
