"""Events per so many units: complaints per 100 deliveries, contacts per 1,000 customers."""

from __future__ import annotations

from kapula.measures.contract import Measure, Scale
from kapula.measures.registry import register

RATE = register(
    Measure(
        name="rate",
        family="rate",
        unit="raw",
        scale=Scale(0, None, whole=False),
        higher_is_better=False,
        columns=("events", "exposure?"),
        options={"per": 1.0},
        source="Garwood (1936), Biometrika 28, 437–442",
    )
)
