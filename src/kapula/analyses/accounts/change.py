"""Has an account moved? The contacts heard now against those heard in the window before, drawn towards the usual move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.analyses.accounts.ledger import Heard, Ledger
from kapula.analyses.accounts.model import Floats, Model
from kapula.analyses.accounts.shrink import drawn
from kapula.statistics.laws import t_quantile

FEWEST: Final = 10
"""Accounts heard in both windows, without which no usual change is known."""


@dataclass(frozen=True, slots=True)
class Change:
    """Later minus earlier, with its interval; ``sure``: it excludes zero."""

    value: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        return self.low > 0 or self.high < 0


def changes(ledger: Ledger, model: Model, level: float) -> dict[int, Change]:
    """Account code → change, for accounts heard in both windows.

    d = ȳ_now − ȳ_before after the roles' means, with sampling variance σ²(1/n_now + 1/n_before), drawn towards the usual change as in
    :mod:`kapula.analyses.accounts.shrink`. A contact heard in both windows makes the interval too wide rather than too narrow.
    """
    sides = [_means(side, model, len(ledger.names)) for side in (ledger.before, ledger.now)]
    (before, n_before), (now, n_now) = sides
    both = np.flatnonzero((n_before > 0) & (n_now > 0))
    if len(both) < FEWEST:
        return {}
    d = now[both] - before[both]
    found = drawn(d, np.maximum(model.within * (1 / n_before[both] + 1 / n_now[both]), 1e-12))
    value, half = found.mean, t_quantile((1 + level) / 2, max(model.n - model.accounts, 1)) * found.sd
    return {
        int(account): Change(float(value[i]), float(value[i] - half[i]), float(value[i] + half[i]))
        for i, account in enumerate(both)
    }


def _means(side: Heard, model: Model, accounts: int) -> tuple[Floats, Floats]:
    n = np.bincount(side.account, minlength=accounts).astype(float)
    sums = np.bincount(side.account, side.score - model.roles[side.role], minlength=accounts)
    return sums / np.maximum(n, 1), n
