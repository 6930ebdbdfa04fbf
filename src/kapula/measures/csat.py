"""Customer satisfaction on five points: the top-box share and the mean."""

from __future__ import annotations

from kapula.measures.contract import Measure, Scale
from kapula.measures.registry import alias, register

_WORDING = {
    "fi": "Kuinka tyytyväinen olet?",
    "sv": "Hur nöjd är du?",
    "en": "How satisfied are you?",
}
_SOURCE = "ISO 10004:2018, Customer satisfaction — Guidelines for monitoring and measuring"

CSAT_TOP_BOX = register(
    Measure(
        name="csat_top_box",
        family="share",
        unit="share",
        scale=Scale(1, 5),
        options={"positive": None, "top": 2},
        wording=_WORDING,
        source=_SOURCE,
    )
)
alias("csat", CSAT_TOP_BOX)
CSAT_MEAN = register(
    Measure(name="csat_mean", family="mean", unit="scale", scale=Scale(1, 5), wording=_WORDING, source=_SOURCE)
)
