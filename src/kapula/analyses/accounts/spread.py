"""How much the contacts of one account differ, and whether its roles surely do."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kapula.analyses.accounts.model import Codes, Floats, Model
from kapula.statistics.differences import benjamini_hochberg


@dataclass(frozen=True, slots=True)
class Spread:
    """One entry an account: the contacts' standard deviation drawn towards the usual one, and ``trust`` 0…1, the account's own share
    in it;
    NaN and 0 with one contact. ``variance``: as observed."""

    sd: Floats
    trust: Floats
    variance: Floats


def spreads(model: Model, account: Codes, role: Codes, score: Floats) -> Spread:
    """σ²_a is taken to follow a scaled inverse chi-squared law around the usual σ², with d₀ degrees of freedom from the moments of the
    accounts' variances: s̃² = (d₀σ² + d·s²) / (d₀ + d). Roles' usual differences are taken out first.

    Source: Smyth (2004), Stat. Appl. Genet. Mol. Biol. 3(1), with moments of s² instead of log s² (ties on a short scale give s² = 0).
    """
    places = np.unique(account, return_inverse=True)[1]
    deviation = score - model.roles[role]
    n = np.bincount(places).astype(float)
    mean = np.bincount(places, deviation) / n
    squares = np.bincount(places, (deviation - mean[places]) ** 2)
    d = n - 1
    several = d > 0
    variance = np.where(several, squares / np.maximum(d, 1), np.nan)
    usual = float(squares.sum()) / max(float(d.sum()), 1)
    prior = _prior(variance[several], d[several], usual)
    trust = d / (d + prior) if math.isfinite(prior) else np.zeros(len(d))
    drawn = np.where(several, (1 - trust) * usual + trust * np.nan_to_num(variance), np.nan)
    return Spread(np.sqrt(drawn), np.where(several, trust, 0.0), variance)


def _prior(variance: Floats, d: Floats, usual: float) -> float:
    """d₀ by moments: Var(σ²_a) = 2σ⁴ / (d₀ − 4)."""
    if not len(d) or usual <= 0:
        return math.inf
    extra = float((d * (variance - usual) ** 2 - 2 * usual**2).sum()) / float((d + 2).sum())
    return 4 + 2 * usual**2 / extra if extra > 0 else math.inf


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
