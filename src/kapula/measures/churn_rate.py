"""Churn: the share of customers at the start of a period who left during it (1 = left, 0 = stayed)."""

from __future__ import annotations

from kapula.measures.contract import Measure, Scale
from kapula.measures.registry import register

CHURN_RATE = register(
    Measure(
        name="churn_rate",
        family="share",
        unit="share",
        scale=Scale(0, 1),
        higher_is_better=False,
        columns=("churned",),
        options={"positive": None, "top": None},
        source="Blattberg, Kim & Neslin (2008), Database Marketing, chapter 24",
    )
)
