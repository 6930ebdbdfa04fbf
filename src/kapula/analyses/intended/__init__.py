"""Intended experience: do we produce the experience our aims call for, not only a good or a bad one?"""

from __future__ import annotations

from kapula.analyses.contract import NOT_ENOUGH, Analysis
from kapula.analyses.intended.aim import Aim as Aim
from kapula.analyses.intended.aims import aims_of as aims_of
from kapula.analyses.intended.example import example
from kapula.analyses.intended.files import load as load
from kapula.analyses.intended.files import parse as parse
from kapula.analyses.intended.results import IntendedResult as IntendedResult
from kapula.analyses.intended.rule import Rule as Rule
from kapula.analyses.intended.run import intended as intended
from kapula.analyses.registry import register

register(
    Analysis(
        name="intended",
        run=intended,
        example=example,
        verdicts={
            "reached": "Every aim with a target surely reaches it.",
            "missed": "At least one aim surely falls short of its target.",
            "unsure": "At least one aim may or may not reach its target, and none surely falls short.",
            "measured": "No aim has a target: shares only.",
            NOT_ENOUGH: "Too few known experiences for any aim.",
        },
        source="Wilson (1927); Newcombe (1998); Korn & Graubard (1998); Benjamini & Hochberg (1995); Kleene (1952)",
    )
)
