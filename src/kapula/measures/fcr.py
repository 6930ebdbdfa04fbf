"""First contact resolution: the share of contacts resolved at the first (1 = resolved, 0 = not)."""

from __future__ import annotations

from kapula.measures.contract import Measure, Scale
from kapula.measures.registry import register

FCR = register(
    Measure(
        name="fcr",
        family="share",
        unit="share",
        scale=Scale(0, 1),
        columns=("resolved",),
        options={"positive": None, "top": None},
        wording={
            "fi": "Ratkesiko asiasi tällä yhteydenotolla?",
            "sv": "Löstes ditt ärende vid denna kontakt?",
            "en": "Was your issue resolved in this contact?",
        },
        source="ISO 18295-1:2017, Customer contact centres — Requirements",
    )
)
