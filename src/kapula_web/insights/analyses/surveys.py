"""The survey a page starts with: the one with the most to go by, its score, and the questions asked with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.data import Answered

COMMON: Final = 0.6
"""A question that at least this share of those who gave the score have answered is one of the usual drivers."""
MOST: Final = 15
PREFERRED: Final = "answer_nps"


def usual_drivers(data: Data, source: str, outcome: str) -> list[str]:
    """The questions that most of those who gave the score answered too, at most fifteen."""
    scored = {one.column: one.n for one in held.questions(data, source=source)}.get(outcome, 0)
    found = held.asked_with(data, outcome, source=source) if scored else []
    return [one.column for one in found if one.n >= COMMON * scored][:MOST]


def usual_outcome(answered: Sequence[Answered]) -> str:
    """Recommendation where it is asked, else the most answered question."""
    codes = [one.column for one in answered]
    return PREFERRED if PREFERRED in codes else codes[0] if codes else ""


def usual_source(data: Data) -> str:
    """The survey in which the usual score has the most usual drivers."""
    best, most = "", 1
    for one in held.sources(data):
        outcome = usual_outcome(held.questions(data, source=one.code))
        count = len(usual_drivers(data, one.code, outcome)) if outcome else 0
        if count > most:
            best, most = one.code, count
    return best


def known_source(data: Data, given: Mapping[str, Any] | None) -> str:
    """The given survey where the data has such a one, else all of them (""): an address may name anything, and nothing is counted or
    remembered by what it invents."""
    code = str((given or {}).get("source") or "")
    return code if code in {one.code for one in held.sources(data)} else ""


def usual_questions(data: Data, given: Mapping[str, Any], least: int) -> tuple[str, str, list[str]] | None:
    """The survey with the most to go by (or the one given), its score and the questions asked with it; None when those are too few."""
    source = known_source(data, given) if "source" in given else usual_source(data)
    answered = held.questions(data, source=source)
    outcome = str(given.get("outcome") or "")
    if outcome not in {one.column for one in answered}:
        outcome = usual_outcome(answered)
    found = usual_drivers(data, source, outcome) if outcome else []
    return None if len(found) < least else (source, outcome, found)
