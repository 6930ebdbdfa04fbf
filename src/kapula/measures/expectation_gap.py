"""Experience minus expectation, per respondent: negative where the experience falls short."""

from __future__ import annotations

from kapula.measures.contract import Measure, Scale
from kapula.measures.registry import register

EXPECTATION_GAP = register(
    Measure(
        name="expectation_gap",
        family="gap",
        unit="scale",
        scale=Scale(1, 7),
        columns=("experience", "expectation"),
        source="Parasuraman, Zeithaml & Berry (1988), SERVQUAL, Journal of Retailing 64(1), 12–40",
    )
)
