"""One row an account, with what asks for attention, and the accounts in that order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from kapula.analyses.accounts.change import Change
from kapula.analyses.accounts.heard import Ledger, stage_of
from kapula.analyses.accounts.model import Floats, Levels, chance_below
from kapula.analyses.accounts.results import AccountRow
from kapula.analyses.accounts.spread import Disagreement, Spread
from kapula.statistics.laws import normal_quantile

LOWEST_FIFTH: Final = float(normal_quantile(0.2))
LOW_CHANCE: Final = 0.5
"""An account is flagged low when it is likelier than not among the lowest fifth: a single low answer of one contact seldom is."""
RISK: Final = ("low", "falling", "renewal")


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything computed of the accounts heard, by account code."""

    levels: Levels
    spread: Spread
    gaps: Mapping[int, Disagreement]
    changes: Mapping[int, Change]
    role_names: Sequence[Any]
    level: float


def rows(ledger: Ledger, found: Findings, stage_cuts: Sequence[int], renewal_days: int) -> tuple[AccountRow, ...]:
    """Accounts at risk first: the more of low, falling and soon to renew, then the likelier among the lowest, then revenue."""
    chances = _chances(found)
    place = {int(code): row for row, code in enumerate(found.levels.account)}
    stages = _stages(ledger)
    last = _last_days(ledger)
    n = np.bincount(ledger.now.account, minlength=len(ledger.names))
    made = []
    for code, name in enumerate(ledger.names):
        facts = ledger.facts.get(name, {})
        known = None if ledger.known is None else ledger.known.get(name, int(n[code]))
        renewal = facts.get("renewal")
        soon = renewal is not None and ledger.as_of is not None and (renewal - ledger.as_of).days <= renewal_days
        stage = stage_of(stages.get(code), facts, ledger.as_of, stage_cuts)
        told = (stage, facts.get("revenue"), None if renewal is None else renewal.isoformat(), last.get(code))
        row = place.get(code)
        if row is None:
            made.append(_silent(name, known, told, soon))
        else:
            made.append(_row(name, code, row, found, float(chances[row]), (int(n[code]), known), told, soon))
    return tuple(sorted(made, key=_urgency))


def _chances(found: Findings) -> Floats:
    """Of lying below the lowest fifth of the true levels, as the model draws them."""
    levels = found.levels
    limit = levels.usual + LOWEST_FIFTH * float(np.sqrt(levels.between))
    return chance_below(levels.value, levels.se, limit)


def _row(
    name: Any, code: int, row: int, found: Findings, chance: float, n: tuple[int, int | None], told: Any, soon: bool
) -> AccountRow:
    gap, change = found.gaps.get(code), found.changes.get(code)
    stage, revenue, renewal, last = told
    flags = (
        *(["low"] if chance >= LOW_CHANCE else []),
        *(["falling"] if change is not None and change.high < 0 else []),
        *(["renewal"] if soon else []),
        *(["disagree"] if gap is not None and gap.q <= 1 - found.level else []),
        *(["one_voice"] if n[0] == 1 and (n[1] or 0) > 1 else []),
    )
    levels, spread = found.levels, found.spread
    sd = float(spread.sd[row])
    return AccountRow(
        account=name,
        value=float(levels.value[row]),
        low=float(levels.low[row]),
        high=float(levels.high[row]),
        plain=float(levels.plain[row]),
        share=float(levels.share[row]),
        n=n[0],
        known=n[1],
        spread=None if np.isnan(sd) else sd,
        spread_trust=None if np.isnan(sd) else float(spread.trust[row]),
        gap=gap.gap if gap else None,
        gap_high=found.role_names[gap.high] if gap else None,
        gap_low=found.role_names[gap.low] if gap else None,
        gap_q=gap.q if gap else None,
        change=change.value if change else None,
        change_low=change.low if change else None,
        change_high=change.high if change else None,
        chance_low=chance,
        stage=stage,
        revenue=revenue,
        renewal=renewal,
        last=last,
        flags=flags,
    )


def _silent(name: Any, known: int | None, told: Any, soon: bool) -> AccountRow:
    """An account of which nothing was heard in the window."""
    figures: dict[str, Any] = dict.fromkeys(AccountRow.__slots__)
    stage, revenue, renewal, last = told
    flags = ("silent", "renewal") if soon else ("silent",)
    figures |= {"account": name, "n": 0, "known": known, "stage": stage, "revenue": revenue, "renewal": renewal}
    return AccountRow(**{**figures, "last": last, "flags": flags})


def _urgency(row: AccountRow) -> tuple[Any, ...]:
    risk = sum(flag in RISK for flag in row.flags) + ("silent" in row.flags) * 0.5 + ("disagree" in row.flags) * 0.5
    return -risk, -(row.chance_low or 0.0), -(row.revenue or 0.0), str(row.account)


def _stages(ledger: Ledger) -> dict[int, Any]:
    """The stage told with the latest answer of each account."""
    found: dict[int, tuple[int, Any]] = {}
    for side in (ledger.before, ledger.now):
        for code, day, stage in zip(side.account, side.day, side.stage, strict=True):
            if stage is not None and day >= found.get(int(code), (-2, None))[0]:
                found[int(code)] = (int(day), stage)
    return {code: stage for code, (_, stage) in found.items()}


def _last_days(ledger: Ledger) -> dict[int, str]:
    found: dict[int, int] = {}
    for side in (ledger.before, ledger.now):
        for code, day in zip(side.account, side.day, strict=True):
            found[int(code)] = max(int(day), found.get(int(code), -1))
    return {code: date.fromordinal(day).isoformat() for code, day in found.items() if day > 0}
