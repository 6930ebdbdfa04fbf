"""Have customers noticed? Mentions of an agreed behaviour before and after its roll-out, against teams not yet rolled out."""

from __future__ import annotations

from kapula.analyses.contract import NOT_ENOUGH, Analysis
from kapula.analyses.noticed.example import example
from kapula.analyses.noticed.matching import Matcher, learn, scores
from kapula.analyses.noticed.results import NoticedResult
from kapula.analyses.noticed.run import noticed
from kapula.analyses.registry import register

__all__ = ["Matcher", "NoticedResult", "learn", "noticed", "scores"]

register(
    Analysis(
        name="noticed",
        run=noticed,
        example=example,
        verdicts={
            "noticed": "Mentions surely rose more where the behaviour was rolled out.",
            "less": "Mentions surely rose less, or fell, where the behaviour was rolled out.",
            "no_change_seen": "No sure change; the interval says how large a one could have been missed.",
            "no_mentions": "No comment mentions the behaviour, before or after.",
            NOT_ENOUGH: "Too few teams, or comments, to say anything.",
        },
        source=(
            "Callaway & Sant'Anna (2021); Borusyak, Jaravel & Spiess (2024); Bell & McCaffrey (2002); Conley & Taber (2011); "
            "Rambachan & Roth (2023); Rogan & Gladen (1978)"
        ),
    )
)
