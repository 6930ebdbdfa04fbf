"""Questions to drop: how little is lost, what is asked twice, and who answered without care."""

from __future__ import annotations

from kapula.analyses.contract import NOT_ENOUGH, Analysis
from kapula.analyses.prune.alpha import alpha as alpha
from kapula.analyses.prune.answering import irv as irv
from kapula.analyses.prune.answering import longstring as longstring
from kapula.analyses.prune.answering import mahalanobis as mahalanobis
from kapula.analyses.prune.example import example
from kapula.analyses.prune.reliability import Alpha as Alpha
from kapula.analyses.prune.results import PruneResult as PruneResult
from kapula.analyses.prune.run import prune as prune
from kapula.analyses.registry import register

register(
    Analysis(
        name="prune",
        run=prune,
        example=example,
        verdicts={
            "can_drop": "Some questions can go: the upper limit of the loss is within what was allowed.",
            "keep_all": "No question can go within the allowed loss and rank agreement.",
            "unsure": "The loss may well be small enough, but the data cannot show it yet.",
            "no_prediction": "The questions do not surely predict the outcome at all, so nothing can be said of any.",
            NOT_ENOUGH: "Too few whole answers, or too few independent ones.",
        },
        source="Miller (2002); Varma & Simon (2006); Johnson (2000); Cronbach (1951); Feldt (1965); Curran (2016)",
    )
)
