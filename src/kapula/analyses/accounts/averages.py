"""Means over contacts and over accounts, with the account as what was sampled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kapula.analyses.accounts.account import Level
from kapula.analyses.accounts.ledger import Heard
from kapula.analyses.accounts.model import Codes, Floats
from kapula.analyses.linkage.robust import clustered


def mean_of(name: Any, score: Floats, account: Codes, weight: Floats, level: float) -> Level:
    """A weighted mean; its interval is CR2 over accounts with Satterthwaite's degrees of freedom, None with one account."""
    root = np.sqrt(weight)
    found = clustered(root[:, None], score * root, account, 0, level=level) if len(np.unique(account)) > 1 else None
    value = float(weight @ score / weight.sum())
    low, high = (None, None) if found is None else (found.low, found.high)
    return Level(name, value, low, high, len(score), len(np.unique(account)))


def by_role(now: Heard, names: Sequence[Any], level: float) -> tuple[Level, ...]:
    """The roles' means among the contacts heard, lowest first."""
    made = [
        mean_of(name, now.score[rows], now.account[rows], np.ones(int(rows.sum())), level)
        for code, name in enumerate(names)
        if (rows := now.role == code).any()
    ]
    return tuple(sorted(made, key=lambda one: one.value))


def by_stage(now: Heard, stages: Sequence[Any], level: float) -> tuple[Level, ...]:
    """``stages``: of each contact's account. Accounts without a stage are left out."""
    names = sorted({stage for stage in stages if stage is not None}, key=str)
    made = []
    for name in names:
        rows = np.array([stage == name for stage in stages])
        made.append(mean_of(name, now.score[rows], now.account[rows], np.ones(int(rows.sum())), level))
    return tuple(made)
