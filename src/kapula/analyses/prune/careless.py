"""Careless answering by several indices, each with its declared cut."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.columns import Floats
from kapula.analyses.prune.answering import irv, longstring, mahalanobis
from kapula.analyses.prune.indices import Careless, Index
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
