"""Why a measure moved, or did not: mix, within-segment change, offsetting segments, breaks and drivers between two periods."""

from __future__ import annotations

from kapula.analyses.contract import Analysis
from kapula.analyses.decompose.example import example
from kapula.analyses.decompose.run import decompose
from kapula.analyses.decompose.verdict import VERDICTS
from kapula.analyses.registry import register

__all__ = ["decompose"]

register(
    Analysis(
        name="decompose",
        run=decompose,
        example=example,
        verdicts=VERDICTS,
        source=(
            "Kitagawa (1955), JASA 50, 1168–1194; Das Gupta (1993), U.S. Bureau of the Census P23-186; "
            "Oaxaca (1973), Int. Econ. Rev. 14, 693–709; Blinder (1973), J. Human Resources 8, 436–455; "
            "Schuirmann (1987), J. Pharmacokin. Biopharm. 15, 657–680; Hesterberg (2015), The American Statistician 69, 371–386"
        ),
    )
)
