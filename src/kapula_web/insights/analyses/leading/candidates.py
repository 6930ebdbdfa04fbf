"""What may move before a score on the page: operational series, staff's answers, and the other questions of the same place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.leading.places import series_of_place
from kapula_web.insights.analyses.series import series

STAFF: Final = "employee"
STAFF_PREFIX: Final = "staff_"
MOST: Final = 12
"""How many are tried unasked: every one more makes the rest harder to tell from chance."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """``code``: its column in the panel. ``kind``: "series", "elsewhere" (a series of other teams), "staff" or "question". ``suffix``: what
    follows its numbers."""

    code: str
    label: str
    kind: str
    suffix: str = ""


def candidates(data: Data, touchpoint: str, outcome: str) -> list[Candidate]:
    """The likeliest first: series of the place's own teams, staff's answers, series of everyone, of other teams, and questions."""
    own, others = series_of_place(data, touchpoint)
    staff = [
        Candidate(STAFF_PREFIX + one.column, gettext("%(question)s (henkilöstö)") % {"question": one.label}, "staff")
        for one in held.questions(data, STAFF, least=200)
    ]
    asked = [Candidate(one.column, one.label, "question") for one in held.questions(data) if one.column != outcome]
    first = [Candidate(one.column, one.label, "series", one.suffix) for one in own]
    kinds = {one.code: "elsewhere" if one.unit == "team" else "series" for one in series(data)}
    rest = [Candidate(one.column, one.label, kinds[one.code], one.suffix) for one in others]
    return [*first, *staff, *sorted(rest, key=lambda one: one.kind == "elsewhere"), *asked]


def usual_candidates(data: Data, touchpoint: str, outcome: str) -> list[str]:
    """All but the figures of other teams, and the questions that the same customers answered: those move together."""
    return [one.code for one in candidates(data, touchpoint, outcome) if one.kind in ("series", "staff")][:MOST]
