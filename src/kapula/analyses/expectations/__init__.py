"""Rising expectations: a score that falls although the performance does not."""

from __future__ import annotations

from kapula.analyses.contract import Analysis
from kapula.analyses.expectations.example import example
from kapula.analyses.expectations.run import expectations
from kapula.analyses.expectations.verdict import VERDICTS
from kapula.analyses.registry import register

__all__ = ["expectations"]

register(
    Analysis(
        name="expectations",
        run=expectations,
        example=example,
        verdicts=VERDICTS,
        source=(
            "Frisch & Waugh (1933), Econometrica 1, 387–401; Paule & Mandel (1982), J. Res. NBS 87, 377–385; "
            "Knapp & Hartung (2003), Statistics in Medicine 22, 2693–2710; Kendall (1954), Biometrika 41, 403–404"
        ),
    )
)
