"""The design of a two-level model: the fixed effects, some split in two, and what cannot be fitted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kapula.analyses.linkage.panel import centre
from kapula.analyses.linkage.robust import Floats
from kapula.errors import ParameterError

INTERCEPT = "(intercept)"


def design(names: list[str], columns: Floats, codes: Any, split: Sequence[str]) -> tuple[list[str], Floats]:
    """(the names of the fixed effects, their columns): an intercept first, and those of ``split`` as two."""
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


def require(y: Floats, x: Floats, codes: Any) -> None:
    """Refuses what no model can be fitted to: one unit, too few rows, predictors or an outcome that leave nothing open."""
    units = len(np.unique(codes))
    if units < 2:
        raise refused(f"There are {units} units.", "A multilevel model takes at least two.", "unit", units)
    if len(y) <= x.shape[1] + 1:
        raise refused(f"{len(y)} rows cannot carry {x.shape[1]} coefficients.", "Use fewer.", "predictors", x.shape[1])
    scale = np.abs(x).max(axis=0)
    if np.linalg.matrix_rank(x / np.where(scale > 0, scale, 1)) < x.shape[1]:
        raise refused("The predictors determine each other.", "Leave out constants and sums.", "predictors", x.shape[1])
    residual = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    if float(np.abs(residual).max()) <= 1e-10 * max(float(np.abs(y).max()), 1e-300):
        raise refused("The predictors give the outcome exactly.", "There is nothing left to model.", "outcome", None)


def refused(message: str, hint: str, parameter: str, value: Any) -> ParameterError:
    """The error to raise, with what to do instead."""
    return ParameterError(message, hint=hint, parameter=parameter, value=value)
