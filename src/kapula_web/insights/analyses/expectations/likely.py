"""Which questions are likely scores and ratings, and since when a score was asked in the same words."""

from __future__ import annotations

from datetime import date

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.data import Answered
from kapula_web.insights.analyses.wordings import rewordings

SCORES = ("experience", "csat", "nps", "ces")
"""Questions that are asked as a score when there are such, the likeliest first."""
RATING = 5
"""A rating has at most so many steps: what was done is rated on shorter scales than how it felt as a whole."""


def comparable(data: Data, column: str) -> tuple[date | None, date | None]:
    """The stretch in which the score was asked in the same words to the end: since its last rewording."""
    known = held.stretch(data)
    if known is None:
        return None, None
    inside = [day for day in rewordings(data.organisation, column) if known[0] < day <= known[1]]
    return (inside[-1] if inside else known[0]), known[1]


def rank(column: str) -> int:
    places = [place for place, code in enumerate(SCORES) if column.endswith(code)]
    return places[0] if places else len(SCORES)


def is_rating(one: Answered) -> bool:
    """A declared scale of few steps."""
    return one.low is not None and one.high is not None and one.high - one.low < RATING
