"""What stays in mind: peak and end of a journey, and the moments that leave a trace, against those that were meant to."""

from __future__ import annotations

from kapula.analyses.contract import NOT_ENOUGH, Analysis
from kapula.analyses.memory.example import example
from kapula.analyses.memory.results import MemoryResult
from kapula.analyses.memory.run import memory
from kapula.analyses.registry import register

__all__ = ["MemoryResult", "memory"]

register(
    Analysis(
        name="memory",
        run=memory,
        example=example,
        verdicts={
            "peak_end": "The peak and the end of the journey surely tell more of the memory than its mean does.",
            "average": "The memory goes with the mean of the moments; peak and end add nothing sure to it.",
            "no_pattern": "The memory goes surely with none of them.",
            NOT_ENOUGH: "Too few journeys of at least two moments.",
        },
        source=(
            "Fredrickson & Kahneman (1993); Redelmeier & Kahneman (1996); Alaybek et al. (2022); Bell & McCaffrey (2002); "
            "Benjamini & Hochberg (1995)"
        ),
    )
)
