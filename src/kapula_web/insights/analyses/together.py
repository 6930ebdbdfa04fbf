"""Which questions can stand in one model: an answer counts only where all of them were answered."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence

from kapula.tables import fetch
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data

KEPT = 0.5
"""The share of the answers that a further question may not go below."""


def together(
    data: Data, outcome: str, candidates: Sequence[str], *, least: int, perspective: str = held.CUSTOMER
) -> list[str]:
    """As many of the candidates, in their order, as are answered together with ``outcome``: by at least ``least``
    people, and by half of those
    who answered the first. One whose questionnaire is another is passed over."""
    if not candidates:
        return []
    kept = [candidates[0]]
    first = _count(data, outcome, kept, perspective)
    for name in candidates[1:]:
        if _count(data, outcome, [*kept, name], perspective) >= max(least, KEPT * first):
            kept.append(name)
    return kept if first >= least else []


def _count(data: Data, outcome: str, columns: Sequence[str], perspective: str) -> int:
    """People who answered all of them, counted once for each version of the data."""
    table = held.rows(data, perspective)
    whole = functools.reduce(operator.and_, (table[name].notnull() for name in (outcome, *columns)))
    ask = table.aggregate(n=whole.sum())
    key = ("held", "together", outcome, tuple(columns), perspective)
    return int(data.desk.remember(key, lambda: fetch(ask)["n"][0].as_py()) or 0)
