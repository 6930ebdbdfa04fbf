"""EX → CX: how far the staff's experience and the customers' go together, per touchpoint. It is not an equals sign."""

from __future__ import annotations

from kapula.analyses.contract import NOT_ENOUGH, Analysis
from kapula.analyses.linkage.example import example
from kapula.analyses.linkage.fitted import Multilevel
from kapula.analyses.linkage.mixed import multilevel
from kapula.analyses.linkage.results import LinkageResult
from kapula.analyses.linkage.run import linkage
from kapula.analyses.registry import register

__all__ = ["LinkageResult", "Multilevel", "linkage", "multilevel"]

register(
    Analysis(
        name="linkage",
        run=linkage,
        example=example,
        verdicts={
            "linked": "When a unit's staff is better off than usual, its customers surely are too, at one touchpoint and lag or more.",
            "linked_between": "Units whose staff is better off surely have better-off customers; change over time does not show it.",
            "no_link_seen": "No sure link; the intervals say how large a one could have been missed.",
            NOT_ENOUGH: "Too few units, and too few periods of them, to say anything.",
        },
        source=(
            "Mundlak (1978); Bliese (2000); James, Demaree & Wolf (1984); Bell & McCaffrey (2002); Pustejovsky & Tipton (2018); "
            "Knapp & Hartung (2003); Bates et al. (2015)"
        ),
    )
)
