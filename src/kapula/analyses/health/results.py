"""What a check of the data returns: findings, each with its evidence and what mends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kapula.results import plain

KINDS: Final[dict[str, str]] = {
    "stale": "No new data for surely longer than its own rhythm explains.",
    "scattered": "The same thing is measured by several questions, on several scales or in near-equal words.",
    "generic": "A question tells no group, no time and no other answer apart, or a score stands alone without anything to explain it.",
    "constant": "Nearly all answers are the same.",
    "duplicated": "Two questions or series are one, or the same rows were taken in twice.",
    "never_opened": "Nobody has opened it for long.",
    "unanswered": "Asked and mostly left blank, or declared and never answered.",
    "off_scale": "Answers lie off the declared scale.",
    "identity": "Rows are refused, or who answered is more often unknown than before.",
    "break": "Words or scale changed: figures before and after are not comparable.",
    "no_owner": "Nobody answers for it.",
}
"""Every kind of finding, with its meaning."""

WAYS_OUT: Final[dict[str, str]] = {
    "renew_or_close": "Get new data, or say that it has ended.",
    "merge": "Keep one, and read the others into it.",
    "drop": "Leave it out of the questionnaire.",
    "add_reason": "Ask a reason, a comment or the touchpoint beside the score.",
    "check_routing": "Check to whom it is shown, and its words.",
    "undo_import": "Undo the second import.",
    "fix_import": "Correct the refused rows or the mapping.",
    "add_identity": "Bring the customer's code along.",
    "declare_scale": "Declare the scale, or the codes for no answer.",
    "compare_apart": "Compare only on one side of the change.",
    "open_or_drop": "Look at it, or take it off the model.",
    "name_owner": "Name who answers for it.",
}
SEVERITIES: Final = ("high", "medium", "low")


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
