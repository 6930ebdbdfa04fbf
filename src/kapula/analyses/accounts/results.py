"""What the account view returns as a whole. No contact is named: accounts are firms, contacts are people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.accounts.account import AccountRow, Level, plain_value
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class AccountsResult:
    """How accounts are. ``n``: accounts heard within the window; ``n_known``: accounts known. ``overall``: every account counts the same;
    ``by_revenue``: by its revenue, with Kish's effective number of accounts. ``reliability``: share of the variance of single contacts'
    scores that lies between accounts, with its interval. ``rows``: what needs attention first."""

    verdict: str
    n: int
    needed_n: int | None
    n_known: int
    n_contacts: int
    known_contacts: int | None
    overall: Level | None
    by_revenue: Level | None
    kish_n: float | None
    reliability: tuple[float, float, float] | None
    between_sd: float | None
    within_sd: float | None
    roles: tuple[Level, ...]
    stages: tuple[Level, ...]
    rows: tuple[AccountRow, ...]
    set_aside: Mapping[str, int] = field(default_factory=dict)
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        reliability = self.reliability
        flags = [flag for row in self.rows for flag in row.flags]
        return {
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "n_known": self.n_known,
            "n_contacts": self.n_contacts,
            "known_contacts": self.known_contacts,
            "overall": self.overall.to_dict() if self.overall else None,
            "by_revenue": self.by_revenue.to_dict() if self.by_revenue else None,
            "kish_n": plain_value(self.kish_n),
            "reliability": dict(zip(("value", "low", "high"), map(plain, reliability), strict=True))
            if reliability
            else None,
            "between_sd": plain_value(self.between_sd),
            "within_sd": plain_value(self.within_sd),
            "roles": [one.to_dict() for one in self.roles],
            "stages": [one.to_dict() for one in self.stages],
            "flagged": {flag: flags.count(flag) for flag in sorted(set(flags))},
            "accounts": [row.to_dict() for row in self.rows],
            "set_aside": dict(self.set_aside),
            "warnings": list(self.warnings),
            "method": dict(self.method),
        }
