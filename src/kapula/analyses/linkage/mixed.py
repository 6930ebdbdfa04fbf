"""A two-level linear mixed model, by REML or ML: the profiled deviance of lme4, with Satterthwaite degrees of freedom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kapula.analyses.columns import labels, read
from kapula.analyses.linkage.parts import centre
from kapula.analyses.linkage.profile import Crossproducts, crossproducts, minimum, satterthwaite, solved
from kapula.analyses.linkage.robust import Estimate, Floats, of
from kapula.errors import ParameterError
from kapula.results import plain

INTERCEPT = "(intercept)"


@dataclass(frozen=True, slots=True)
class Multilevel:
    """``fixed``: name → estimate. ``sd``: of the random effects by name, in the outcome's unit per the predictor's; ``correlation``:
    between them, in the order of ``sd``; ``residual``: the residual's. ``criterion``: −2 log-likelihood (restricted with "reml")."""

    fixed: dict[str, Estimate]
    sd: dict[str, float]
    correlation: tuple[tuple[float, ...], ...]
    residual: float
    criterion: float
    n: int
    n_units: int
    method: str

    def to_dict(self) -> dict[str, Any]:
        names = ("value", "se", "df", "low", "high", "p")
        return {
            "fixed": {key: {name: plain(getattr(one, name)) for name in names} for key, one in self.fixed.items()},
            "sd": {key: plain(value) for key, value in self.sd.items()},
            "correlation": [[plain(value) for value in row] for row in self.correlation],
            "residual": plain(self.residual),
            "criterion": plain(self.criterion),
            "n": self.n,
            "n_units": self.n_units,
            "method": self.method,
        }


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
        raise _refused(f"There is no method {method!r}.", "Use 'reml' or 'ml'.", "method", method)
    stray = [name for name in (*random, *split) if name not in predictors]
    if stray:
        raise _refused(f"{stray[0]!r} is not among the predictors.", "Name it in predictors too.", "random", stray[0])
    found = read(table, [outcome, *predictors], others=[unit], filters=filters)
    codes = labels(found.others[unit])[0]
    rows = found.complete & (codes >= 0)
    codes = np.unique(codes[rows], return_inverse=True)[1]
    y, columns = found.figures[rows, 0], found.figures[rows, 1:]
    names, x = _design(list(predictors), columns, codes, split)
    z = np.column_stack([np.ones(len(y)), *(columns[:, list(predictors).index(name)] for name in random)])
    _require(y, x, codes)
    parts = crossproducts(y, x, z, codes)
    theta = minimum(parts, method == "reml")
    return _told(parts, theta, names, [INTERCEPT, *random], method, level)


def _design(names: list[str], columns: Floats, codes: Any, split: Sequence[str]) -> tuple[list[str], Floats]:
    told, found = [INTERCEPT], [np.ones(len(columns))]
    for place, name in enumerate(names):
        column = columns[:, place]
        if name in split:
            deviation, mean = centre(codes, column[:, None], np.ones(len(column)))
            told += [f"{name} within", f"{name} between"]
            found += [deviation[:, 0], mean[:, 0]]
        else:
            told.append(name)
            found.append(column)
    return told, np.column_stack(found)


def _require(y: Floats, x: Floats, codes: Any) -> None:
    units = len(np.unique(codes))
    if units < 2:
        raise _refused(f"There are {units} units.", "A multilevel model takes at least two.", "unit", units)
    if len(y) <= x.shape[1] + 1:
        raise _refused(f"{len(y)} rows cannot carry {x.shape[1]} coefficients.", "Use fewer.", "predictors", x.shape[1])
    scale = np.abs(x).max(axis=0)
    if np.linalg.matrix_rank(x / np.where(scale > 0, scale, 1)) < x.shape[1]:
        raise _refused(
            "The predictors determine each other.", "Leave out constants and sums.", "predictors", x.shape[1]
        )
    residual = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    if float(np.abs(residual).max()) <= 1e-10 * max(float(np.abs(y).max()), 1e-300):
        raise _refused("The predictors give the outcome exactly.", "There is nothing left to model.", "outcome", None)


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


def _refused(message: str, hint: str, parameter: str, value: Any) -> ParameterError:
    return ParameterError(message, hint=hint, parameter=parameter, value=value)
