"""Careless answering by several indices, each with its declared cut."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kapula.analyses.columns import Floats
from kapula.analyses.prune.moments import Ints
from kapula.errors import ParameterError
from kapula.statistics.laws import chi2_quantile

LEAST_ITEMS: Final = 5
"""Fewer questions tell too little of how a person answers."""
CUTS: Final[dict[str, float]] = {"longstring": 0.5, "irv": 0.25, "speed": 2.0, "mahalanobis": 0.999}
"""Longstring: a run of at least this share of the questions, and six. IRV: at most this share of the median respondent's. Speed: under
so many seconds a question. Mahalanobis: beyond this point of the χ² law."""
LEAST_RUN: Final = 6
SOURCES: Final = {
    "longstring": "Johnson (2005); cut: Curran (2016)",
    "irv": "Dunn et al. (2018)",
    "speed": "Huang et al. (2012)",
    "mahalanobis": "Meade & Craig (2012)",
}


@dataclass(frozen=True, slots=True)
class Index:
    """``name``: one of ``CUTS``. ``cut``: in the index's own unit (answers in a row, standard deviation, seconds a question, squared
    distance). ``flagged``: how many of those it could be told of (``n``)."""

    name: str
    cut: float
    flagged: int
    n: int

    def to_dict(self) -> dict[str, Any]:
        share = self.flagged / self.n if self.n else None
        return {"name": self.name, "cut": self.cut, "flagged": self.flagged, "n": self.n, "share": share}


@dataclass(frozen=True, slots=True)
class Careless:
    """``flagged``: respondents that at least ``agree`` of the indices flag; ``n``: all."""

    n: int
    flagged: int
    agree: int
    indices: tuple[Index, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "flagged": self.flagged,
            "share": self.flagged / self.n if self.n else None,
            "agree": self.agree,
            "indices": [index.to_dict() for index in self.indices],
        }


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


def careless(
    matrix: Floats, seconds: Floats | None, cuts: Mapping[str, float] | None, agree: int
) -> tuple[Careless | None, NDArray[np.bool_]]:
    """What the indices say of (respondents, items) answers in the order asked, and who is flagged by at least ``agree`` of them.

    ``seconds``: (respondents,) time taken for one question. None for fewer than ``LEAST_ITEMS`` questions."""
    used = {**CUTS, **_checked(cuts)}
    n, items = matrix.shape
    if items < LEAST_ITEMS:
        return None, np.zeros(n, dtype=bool)
    values: dict[str, tuple[Floats, float, bool]] = {
        "longstring": (
            longstring(matrix).astype(np.float64),
            float(max(LEAST_RUN, math.ceil(used["longstring"] * items))),
            True,
        ),
        "irv": (irv(matrix), used["irv"] * float(np.nanmedian(irv(matrix))), False),
        "mahalanobis": (mahalanobis(matrix), chi2_quantile(used["mahalanobis"], items), True),
    }
    if seconds is not None:
        values["speed"] = (seconds, used["speed"], False)
    votes, found = np.zeros(n, dtype=np.int64), []
    for name, (value, cut, above) in values.items():
        known = np.isfinite(value)
        flagged = known & ((value >= cut) if above else (value < cut) if name == "speed" else (value <= cut))
        votes += flagged
        found.append(Index(name, cut, int(flagged.sum()), int(known.sum())))
    out = votes >= agree
    return Careless(n, int(out.sum()), agree, tuple(found)), out


def _checked(cuts: Mapping[str, float] | None) -> dict[str, float]:
    given = dict(cuts or {})
    for name, cut in given.items():
        if name not in CUTS or not isinstance(cut, int | float) or not cut > 0:
            raise ParameterError(
                f"careless={{{name!r}: {cut!r}}} is no cut.",
                hint=f"Give numbers above zero for {', '.join(CUTS)}.",
                parameter="careless",
                value=name,
                allowed=list(CUTS),
            )
    return given


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
