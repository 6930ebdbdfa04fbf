"""One row an account, those that ask for attention first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from kapula.analyses.accounts.account import AccountRow
from kapula.analyses.accounts.facts import stage_of
from kapula.analyses.accounts.latest import last_days, stages_told
from kapula.analyses.accounts.ledger import Ledger
from kapula.analyses.accounts.model import Floats, chance_below
from kapula.analyses.accounts.told import Findings, silent, told_of
from kapula.statistics.laws import normal_quantile

LOWEST_FIFTH: Final = float(normal_quantile(0.2))
RISK: Final = ("low", "falling", "renewal")


def rows(ledger: Ledger, found: Findings, stage_cuts: Sequence[int], renewal_days: int) -> tuple[AccountRow, ...]:
    """Accounts at risk first: the more of low, falling and soon to renew, then the likelier among the lowest, then revenue."""
    chances = _chances(found)
    place = {int(code): row for row, code in enumerate(found.levels.account)}
    stages = stages_told(ledger)
    last = last_days(ledger)
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
            made.append(silent(name, known, told, soon))
        else:
            made.append(told_of(name, code, row, found, float(chances[row]), (int(n[code]), known), told, soon))
    return tuple(sorted(made, key=_urgency))


def _chances(found: Findings) -> Floats:
    """Of lying below the lowest fifth of the true levels, as the model draws them."""
    levels = found.levels
    limit = levels.usual + LOWEST_FIFTH * float(np.sqrt(levels.between))
    return chance_below(levels.value, levels.se, limit)


def _urgency(row: AccountRow) -> tuple[Any, ...]:
    risk = sum(flag in RISK for flag in row.flags) + ("silent" in row.flags) * 0.5 + ("disagree" in row.flags) * 0.5
    return -risk, -(row.chance_low or 0.0), -(row.revenue or 0.0), str(row.account)
