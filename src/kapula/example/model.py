"""Everything the web layer needs to know of Aurinkokivi besides its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kapula.example.model_measures import AREAS, MEASURES, Area, ModelMeasure
from kapula.example.observed import SERIES, ObservedSeries
from kapula.example.organisation import (
    DESCRIPTION,
    NAME,
    REGIONS,
    ROLES,
    SEGMENTS,
    SOURCES,
    STAGES,
    TEAMS,
    TOUCHPOINTS,
    Segment,
    Source,
    Team,
    Touchpoint,
)
from kapula.example.questions import COMMENT_QUESTIONS, CSAT_BEFORE, QUESTIONS, Question, Rewording
from kapula.example.truths import Plan
from kapula.example.words import Words


@dataclass(frozen=True, slots=True)
class Organisation:
    """Names, declarations and the measurement model, in three languages."""

    name: str
    description: Words
    teams: tuple[Team, ...]
    touchpoints: tuple[Touchpoint, ...]
    segments: tuple[Segment, ...]
    sources: tuple[Source, ...]
    questions: tuple[Question, ...]
    comment_questions: dict[str, Words]
    rewordings: tuple[Rewording, ...]
    series: tuple[ObservedSeries, ...]
    attributes: dict[str, dict[str, Words]]
    areas: tuple[Area, ...]
    measures: tuple[ModelMeasure, ...]


YES_NO = {"yes": Words("Kyllä", "Ja", "Yes"), "no": Words("Ei", "Nej", "No")}
MESSAGE = {
    "message": Words("Sai viestin", "Fick meddelande", "Got the message"),
    "none": Words("Ei viestiä", "Inget meddelande", "No message"),
}


def organisation(start: date) -> Organisation:
    """The organisation of a world whose first Monday is ``start`` (the date of the rewording depends on it)."""
    reworded = start + timedelta(weeks=Plan().week("csat_break"))
    return Organisation(
        name=NAME,
        description=DESCRIPTION,
        teams=TEAMS,
        touchpoints=TOUCHPOINTS,
        segments=SEGMENTS,
        sources=SOURCES,
        questions=QUESTIONS,
        comment_questions=COMMENT_QUESTIONS,
        rewordings=(Rewording("csat", reworded, CSAT_BEFORE),),
        series=SERIES,
        attributes={
            "region": REGIONS,
            "role": ROLES,
            "life_stage": STAGES,
            "handed_off": YES_NO,
            "outage_message": MESSAGE,
        },
        areas=AREAS,
        measures=MEASURES,
    )
