"""An account's level from few contacts: role means and two variances by REML, then each account drawn towards the usual.

y_ac = m_role + a_account + e_contact with a ~ N(0, τ²) and e ~ N(0, σ²). An account's mean deviation from its roles' means, with declared
weights w, has sampling variance σ²·Σw² / (Σw)²; :mod:`kapula.analyses.accounts.shrink` does the rest. Sources: Efron & Morris (1975),
J. Am. Stat. Assoc. 70, 311–319; Rao & Molina (2015), Small Area Estimation, chapters 5 and 10.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.accounts.shrink import drawn
from kapula.analyses.linkage.crossproducts import crossproducts
from kapula.analyses.linkage.profile import minimum, solved
from kapula.statistics.laws import normal_share, t_quantile

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Model:
    """``roles``: the mean of each role, with ``covariance``; ``between`` τ² and ``within`` σ²; ``n`` contacts in ``accounts``."""

    roles: Floats
    covariance: Floats
    between: float
    within: float
    n: int
    accounts: int


@dataclass(frozen=True, slots=True)
class Levels:
    """One entry an account heard: ``account`` codes, the plain weighted mean, the level with its interval, its standard error, and
    the share of the account's own answers in it. ``usual`` and ``between``: the law of the levels, mean and variance."""

    account: Codes
    plain: Floats
    value: Floats
    low: Floats
    high: Floats
    se: Floats
    share: Floats
    usual: float
    between: float


def fit(account: Codes, role: Codes, score: Floats, roles: int) -> Model:
    """``role``: 0 … ``roles`` − 1, each with a contact at least."""
    x = np.eye(roles)[role]
    places = np.unique(account, return_inverse=True)[1]
    parts = crossproducts(score, x, np.ones((len(score), 1)), places)
    best = solved(parts, minimum(parts, True), True)
    between = best.variance * float(best.factor[0, 0]) ** 2
    return Model(best.beta, best.covariance, between, best.variance, len(score), int(places.max()) + 1)


def levels(
    model: Model, account: Codes, role: Codes, score: Floats, weight: Floats, mix: Floats, level: float
) -> Levels:
    """``weight``: of each contact, by its role; ``mix``: the declared shares of the roles, to which every account's level is put, whoever
    of it was heard."""
    present, places = np.unique(account, return_inverse=True)
    total = np.bincount(places, weight)
    deviation = np.bincount(places, weight * (score - model.roles[role])) / total
    sampling = model.within * np.bincount(places, weight**2) / total**2
    found = drawn(deviation, np.maximum(sampling, 1e-12))
    heard = np.stack([np.bincount(places, weight * (role == r)) for r in range(len(mix))], axis=1) / total[:, None]
    lean = (
        mix[None, :] - heard
    )  # what is known of the roles' differences, where the account was not heard as the mix asks
    contrast = np.einsum("ar,rs,as->a", lean, model.covariance, lean)
    se = np.sqrt(found.sd**2 + contrast)
    base = float(mix @ model.roles)
    value = base + found.mean
    half = t_quantile((1 + level) / 2, max(model.n - model.accounts, 1)) * se
    plain = np.bincount(places, weight * score) / total
    return Levels(present, plain, value, value - half, value + half, se, found.share, base + found.usual, found.between)


def chance_below(value: Floats, se: Floats, limit: float) -> Floats:
    """The chance that the true level lies below a limit."""
    return np.asarray(normal_share((limit - value) / np.maximum(se, 1e-12)))
