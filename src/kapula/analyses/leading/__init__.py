"""Leading indicators: what moves before a measure, by how long, how surely, and whether knowing it improves the forecast."""

from __future__ import annotations

from kapula.analyses.contract import Analysis
from kapula.analyses.leading.example import example
from kapula.analyses.leading.granger import granger
from kapula.analyses.leading.results import VERDICTS
from kapula.analyses.leading.run import leading
from kapula.analyses.registry import register

__all__ = ["granger", "leading"]

register(
    Analysis(
        name="leading",
        run=leading,
        example=example,
        verdicts=VERDICTS,
        source=(
            "Box & Jenkins (1970), Time Series Analysis; Granger (1969), Econometrica 37, 424–438; "
            "Dumitrescu & Hurlin (2012), Economic Modelling 29, 1450–1460; Choi (2001), J. Int. Money Finance 20, 249–272; "
            "Benjamini & Hochberg (1995), J. R. Statist. Soc. B 57, 289–300; "
            "Benjamini & Yekutieli (2001), Ann. Statist. 29, 1165–1188; "
            "Clark & West (2007), J. Econometrics 138, 291–311"
        ),
    )
)
