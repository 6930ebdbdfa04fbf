"""One account told as a row: its figures and its flags, or that it is silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kapula.analyses.accounts.account import AccountRow
from kapula.analyses.accounts.change import Change
from kapula.analyses.accounts.disagreement import Disagreement
from kapula.analyses.accounts.model import Levels
from kapula.analyses.accounts.spread import Spread

LOW_CHANCE: Final = 0.5
"""An account is flagged low when it is likelier than not among the lowest fifth: a single low answer of one contact seldom is."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything computed of the accounts heard, by account code."""

    levels: Levels
    spread: Spread
    gaps: Mapping[int, Disagreement]
    changes: Mapping[int, Change]
    role_names: Sequence[Any]
    level: float


def told_of(
    name: Any, code: int, row: int, found: Findings, chance: float, n: tuple[int, int | None], told: Any, soon: bool
) -> AccountRow:
    """An account that was heard."""
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


def silent(name: Any, known: int | None, told: Any, soon: bool) -> AccountRow:
    """An account of which nothing was heard in the window."""
    figures: dict[str, Any] = dict.fromkeys(AccountRow.__slots__)
    stage, revenue, renewal, last = told
    flags = ("silent", "renewal") if soon else ("silent",)
    figures |= {"account": name, "n": 0, "known": known, "stage": stage, "revenue": revenue, "renewal": renewal}
    return AccountRow(**{**figures, "last": last, "flags": flags})
