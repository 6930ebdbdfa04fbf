"""Has an account moved? The contacts heard now against those heard in the window before, drawn towards the usual move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.analyses.accounts.ledger import Heard, Ledger
from kapula.analyses.accounts.model import Codes, Floats, Model
from kapula.analyses.accounts.shrink import drawn
from kapula.statistics.laws import t_quantile

FEWEST: Final = 10
"""Accounts heard in both windows, without which no usual change is known; and contacts heard twice, beside the first of each account,
without which it is not known how alike a contact's two answers are."""


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

    d = ȳ_now − ȳ_before after the roles' means, drawn towards the usual change as in :mod:`kapula.analyses.accounts.shrink`. Of m contacts
    heard in both windows only their differences vary, by s² (pooled within accounts): d has the sampling variance
    (σ²(n_now + n_before − 2m) + s²m) / (n_now·n_before), with Satterthwaite's degrees of freedom. Where too few are heard twice to tell
    s², an account with such contacts has its d as it is, as if they were strangers: its interval is too wide rather than too narrow.
    """
    sides = [_means(side, model, len(ledger.names)) for side in (ledger.before, ledger.now)]
    (before, n_before), (now, n_now) = sides
    both = np.flatnonzero((n_before > 0) & (n_now > 0))
    if len(both) < FEWEST:
        return {}
    account, moved = _twice(ledger, model)
    m = np.bincount(account, minlength=len(ledger.names))[both].astype(float)
    squares, free = _within(account, moved)
    told = free >= FEWEST
    d, n = now[both] - before[both], (n_now * n_before)[both]
    others = model.within * ((n_now + n_before)[both] - 2 * m * told) / n
    same = m / n * squares / max(free, 1) * told
    variance = np.maximum(others + same, 1e-12)
    left = max(model.n - model.accounts, 1)
    df = variance**2 / np.maximum(others**2 / left + same**2 / max(free, 1), variance**2 / max(left, free))
    value, spread = d, np.sqrt(variance)
    towards = np.ones(len(d), dtype=bool) if told else m == 0
    if towards.sum() >= FEWEST:
        found = drawn(d[towards], variance[towards])
        value[towards], spread[towards] = found.mean, found.sd
    half = np.array([t_quantile((1 + level) / 2, float(one)) for one in df]) * spread
    return {
        int(account): Change(float(value[i]), float(value[i] - half[i]), float(value[i] + half[i]))
        for i, account in enumerate(both)
    }


def _twice(ledger: Ledger, model: Model) -> tuple[Codes, Floats]:
    """(account, how much the answer moved after its role's mean) of each contact heard in both windows."""
    before, now = ledger.before, ledger.now
    if before.contact is None or now.contact is None or not len(before.contact) or not len(now.contact):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    wide = 1 + max(int(before.contact.max()), int(now.contact.max()))
    _, first, second = np.intersect1d(
        before.account * wide + before.contact, now.account * wide + now.contact, return_indices=True
    )
    moved = (now.score - model.roles[now.role])[second] - (before.score - model.roles[before.role])[first]
    return now.account[second], moved


def _within(account: Codes, moved: Floats) -> tuple[float, int]:
    """The sum of squares of ``moved`` around the accounts' means, and its degrees of freedom."""
    if not len(account):
        return 0.0, 0
    present, places = np.unique(account, return_inverse=True)
    mean = np.bincount(places, moved) / np.bincount(places)
    return float(((moved - mean[places]) ** 2).sum()), len(account) - len(present)


def _means(side: Heard, model: Model, accounts: int) -> tuple[Floats, Floats]:
    n = np.bincount(side.account, minlength=accounts).astype(float)
    sums = np.bincount(side.account, side.score - model.roles[side.role], minlength=accounts)
    return sums / np.maximum(n, 1), n
