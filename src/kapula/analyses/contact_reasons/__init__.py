"""Human or machine: which contact reasons to automate, to give to a human, to remove the cause of, and to leave."""

from __future__ import annotations

from kapula.analyses.contact_reasons.example import example
from kapula.analyses.contact_reasons.results import ContactReasonsResult
from kapula.analyses.contact_reasons.run import contact_reasons
from kapula.analyses.contract import NOT_ENOUGH, Analysis
from kapula.analyses.registry import register

__all__ = ["ContactReasonsResult", "contact_reasons"]

register(
    Analysis(
        name="contact_reasons",
        run=contact_reasons,
        example=example,
        verdicts={
            "placed": "At least one reason surely lies in its place.",
            "not_sure": "No reason surely lies in any place.",
            NOT_ENOUGH: "Fewer than two reasons have contacts enough.",
        },
        source="Wilson (1927); Holm (1979); Berger (1982); Price & Jaffe (2008)",
    )
)
