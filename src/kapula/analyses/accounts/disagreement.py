"""Whether the roles of one account surely differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapula.analyses.accounts.model import Codes, Floats, Model
from kapula.statistics.differences import benjamini_hochberg


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Between the roles of one account: ``gap``, the highest role's mean minus the lowest's beyond what these roles usually differ, ``p``
    and ``q``."""

    high: int
    low: int
    gap: float
    p: float
    q: float


def disagreements(model: Model, account: Codes, role: Codes, score: Floats) -> dict[int, Disagreement]:
    """Account code → how its roles differ: an F test of the roles' means against the spread of contacts within accounts and roles, by
    Benjamini–Hochberg over the accounts with two roles heard. Empty without an account that has two contacts."""
    present, places = np.unique(account, return_inverse=True)
    count = len(model.roles)
    cells = places * count + role
    n = np.bincount(cells, minlength=len(present) * count).reshape(-1, count).astype(float)
    deviation = score - model.roles[role]
    sums = np.bincount(cells, deviation, minlength=n.size).reshape(n.shape)
    free = model.n - model.accounts
    found: list[tuple[int, int, int, float, float]] = []
    for row in np.flatnonzero((n > 0).sum(axis=1) >= 2):
        there = np.flatnonzero(n[row])
        means = sums[row, there] / n[row, there]
        grand = float(sums[row].sum() / n[row].sum())
        f = float(n[row, there] @ (means - grand) ** 2) / (len(there) - 1) / max(model.within, 1e-300)
        high, low = int(there[np.argmax(means)]), int(there[np.argmin(means)])
        found.append((int(present[row]), high, low, float(means.max() - means.min()), _f_tail(f, len(there) - 1, free)))
    qs = benjamini_hochberg([one[4] for one in found])
    return {one[0]: Disagreement(*one[1:], q=q or 0.0) for one, q in zip(found, qs, strict=True)}


def _f_tail(f: float, df1: float, df2: float) -> float:
    from scipy import special

    return float(special.fdtrc(df1, df2, f)) if df2 > 0 else 1.0
