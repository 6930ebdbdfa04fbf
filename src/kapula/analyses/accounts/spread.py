"""How much the contacts of one account differ."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kapula.analyses.accounts.model import Codes, Floats, Model


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
