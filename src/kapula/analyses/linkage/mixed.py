"""A two-level linear mixed model, by REML or ML: the profiled deviance of lme4, with Satterthwaite degrees of freedom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from kapula.analyses.columns import labels, read
from kapula.analyses.linkage.crossproducts import Crossproducts, crossproducts
from kapula.analyses.linkage.design import INTERCEPT, design, refused, require
from kapula.analyses.linkage.fitted import Multilevel
from kapula.analyses.linkage.profile import minimum, solved
from kapula.analyses.linkage.robust import Floats, of
from kapula.analyses.linkage.satterthwaite import satterthwaite


def multilevel(
    table: Any,
    outcome: str,
    predictors: Sequence[str],
    unit: str,
    *,
    random: Sequence[str] = (),
    split: Sequence[str] = (),
    method: str = "reml",
    level: float = 0.95,
    filters: Any = None,
) -> Multilevel:
    """y_ij = x_ij'β + z_ij'b_i + e_ij with b_i ~ N(0, Σ) by ``unit`` and e_ij ~ N(0, σ²); rows with a blank are left out.

    ``predictors`` have fixed effects beside an intercept, and those of ``random`` also one of each unit's own beside its random
    intercept. A predictor of ``split`` stands as two: "<name> within", its deviation from the unit's mean, and "<name> between",
    that mean; their difference is the contextual effect. Tests and intervals use Satterthwaite's degrees of freedom.

    Raises :class:`~kapula.errors.ParameterError` for fewer than two units, as many coefficients as rows, predictors that
    determine each other, or an outcome without residual. Source: Bates et al. (2015), J. Stat. Softw. 67(1); Kuznetsova et al. (2017),
    J. Stat. Softw. 82(13).
    """
    if method not in ("reml", "ml"):
        raise refused(f"There is no method {method!r}.", "Use 'reml' or 'ml'.", "method", method)
    stray = [name for name in (*random, *split) if name not in predictors]
    if stray:
        raise refused(f"{stray[0]!r} is not among the predictors.", "Name it in predictors too.", "random", stray[0])
    found = read(table, [outcome, *predictors], others=[unit], filters=filters)
    codes = labels(found.others[unit])[0]
    rows = found.complete & (codes >= 0)
    codes = np.unique(codes[rows], return_inverse=True)[1]
    y, columns = found.figures[rows, 0], found.figures[rows, 1:]
    names, x = design(list(predictors), columns, codes, split)
    z = np.column_stack([np.ones(len(y)), *(columns[:, list(predictors).index(name)] for name in random)])
    require(y, x, codes)
    parts = crossproducts(y, x, z, codes)
    theta = minimum(parts, method == "reml")
    return _told(parts, theta, names, [INTERCEPT, *random], method, level)


def _told(
    parts: Crossproducts, theta: Floats, names: list[str], random: list[str], method: str, level: float
) -> Multilevel:
    reml = method == "reml"
    best = solved(parts, theta, reml)
    spread = best.variance * (best.factor @ best.factor.T)
    deviations = np.sqrt(np.diag(spread))
    safe = np.where(deviations > 0, deviations, 1.0)
    correlation = np.where(np.outer(deviations, deviations) > 0, spread / np.outer(safe, safe), np.nan)
    np.fill_diagonal(correlation, 1.0)
    errors = np.sqrt(np.diag(best.covariance))
    free = satterthwaite(parts, theta, best.variance, reml)
    fixed = {
        name: of(float(best.beta[place]), float(errors[place]), float(free[place]), level)
        for place, name in enumerate(names)
    }
    sd = dict(zip(random, map(float, deviations), strict=True))
    told = tuple(tuple(map(float, row)) for row in correlation)
    return Multilevel(fixed, sd, told, math.sqrt(best.variance), best.deviance, parts.n, len(parts.zz), method)
