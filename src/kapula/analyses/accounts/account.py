"""What is told of one account, and a mean over several."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from kapula.results import plain


def plain_value(value: Any) -> Any:
    """A figure as plain JSON; what is no figure as it is."""
    return plain(value) if isinstance(value, float) else value


@dataclass(frozen=True, slots=True)
class Level:
    """A mean with its interval, and how many contacts of how many accounts it rests on. ``name``: a role, a stage, or None for all."""

    name: Any
    value: float
    low: float | None
    high: float | None
    n_contacts: int
    n_accounts: int

    def to_dict(self) -> dict[str, Any]:
        return {key: plain_value(value) for key, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account. ``value``, ``low``, ``high``: its level at the declared mix of roles, drawn towards all accounts' as far as its few
    contacts ask (``share``: its own part in it); ``plain``: the mean as heard. ``spread``: the contacts' standard deviation, drawn
    likewise. ``gap``, ``gap_q``: between its roles. ``chance_low``: of being in the lowest fifth. ``flags``: "low", "falling", "renewal",
    "disagree", "silent", "one_voice". All figures are None for a silent account."""

    account: Any
    value: float | None
    low: float | None
    high: float | None
    plain: float | None
    share: float | None
    n: int
    known: int | None
    spread: float | None
    spread_trust: float | None
    gap: float | None
    gap_high: Any
    gap_low: Any
    gap_q: float | None
    change: float | None
    change_low: float | None
    change_high: float | None
    chance_low: float | None
    stage: Any
    revenue: float | None
    renewal: str | None
    last: str | None
    flags: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {key: plain_value(value) for key, value in asdict(self).items()} | {"flags": list(self.flags)}
