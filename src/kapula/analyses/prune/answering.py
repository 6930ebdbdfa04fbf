"""How a person answers, one number each: the longest run, the variability, and the distance from everyone else."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kapula.analyses.columns import Floats
from kapula.analyses.prune.moments import Ints
from kapula.errors import ParameterError


def longstring(matrix: ArrayLike) -> Ints:
    """(respondents,) the longest run of the same answer in each row of (respondents, items); a blank (NaN) breaks the run.

    Source: Johnson (2005), J. Research in Personality 39(1), 103–129; as in R's careless.
    """
    answers = _matrix(matrix)
    run = np.isfinite(answers[:, 0]).astype(np.int64)
    longest = run.copy()
    for place in range(1, answers.shape[1]):
        same = answers[:, place] == answers[:, place - 1]
        run = np.where(same, run + 1, np.isfinite(answers[:, place]))
        longest = np.maximum(longest, run)
    return longest


def irv(matrix: ArrayLike) -> Floats:
    """(respondents,) intra-individual response variability: the standard deviation (n − 1) of each row, blanks (NaN) left out; NaN for
    fewer than two answers.

    Source: Dunn, Heggestad, Shanock & Theilgard (2018), J. Business and Psychology 33(1), 105–121.
    """
    answers = _matrix(matrix)
    known = np.isfinite(answers)
    count = known.sum(axis=1)
    filled = np.where(known, answers, 0.0)
    mean = filled.sum(axis=1) / np.maximum(count, 1)
    squares = np.where(known, (answers - mean[:, None]) ** 2, 0.0).sum(axis=1)
    return np.where(count > 1, np.sqrt(squares / np.maximum(count - 1, 1)), np.nan)


def mahalanobis(matrix: ArrayLike) -> Floats:
    """(respondents,) squared distance of each row from the mean, by the covariance of all; NaN for rows with blanks.

    Source: Meade & Craig (2012), Psychological Methods 17(3), 437–455.
    """
    answers = _matrix(matrix)
    whole = np.isfinite(answers).all(axis=1)
    if whole.sum() <= answers.shape[1]:
        return np.full(len(answers), np.nan)
    centred = answers - answers[whole].mean(axis=0)
    inverse = np.linalg.pinv(np.atleast_2d(np.cov(answers[whole], rowvar=False)))
    return np.asarray(np.einsum("ni,ij,nj->n", centred, inverse, centred))


def _matrix(matrix: ArrayLike) -> Floats:
    answers = np.asarray(matrix, dtype=np.float64)
    if answers.ndim != 2 or answers.shape[1] == 0:
        raise ParameterError(
            "The answers are no matrix.",
            hint="Give (respondents, items) numbers, NaN where blank.",
            parameter="matrix",
            value=list(answers.shape),
        )
    return answers
