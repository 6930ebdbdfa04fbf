"""What is asked when nothing is chosen, and the library's question that the choices make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.contract import Asked, Chosen, Data
from kapula_web.insights.analyses.leading.candidates import usual_candidates
from kapula_web.insights.analyses.leading.joining import joined
from kapula_web.insights.analyses.leading.places import usual_touchpoint

PREFERRED = "answer_nps"
LEAST = 200
"""Answers a question needs before it is offered as what is to be known ahead."""


def usual_with(data: Data, given: Mapping[str, Any]) -> Chosen | None:
    """The score asked about, at the place whose teams have figures of their own."""
    asked = [one.column for one in held.questions(data, least=LEAST)]
    outcome = str(given.get("outcome") or "")
    if outcome not in asked:
        outcome = PREFERRED if PREFERRED in asked else asked[0] if asked else ""
    if not outcome:
        return None
    touchpoint = str(given["touchpoint"]) if "touchpoint" in given else usual_touchpoint(data, outcome)
    names = usual_candidates(data, touchpoint, outcome)
    if not names:
        return None
    return {"outcome": outcome, "touchpoint": touchpoint, "candidates": names, "lag": "8", "stretch": "all"}


def asked_of(data: Data, chosen: Chosen) -> Asked:
    outcome, touchpoint = str(chosen["outcome"]), str(chosen["touchpoint"])
    names = [name for name in chosen["candidates"] if name != outcome]
    where = {"touchpoint": [touchpoint]} if touchpoint else None
    start, end = fields.between(data, chosen["stretch"]) or (None, None)
    table = joined(data, touchpoint, held.rows(data, start=start, end=end, where=where), outcome, names)
    keywords = {
        "unit": "team", "time": "week", "target": outcome, "candidates": names, "max_lag": int(chosen["lag"]),
        "period": "week", "weight": "n",
    }  # fmt: skip
    told = gettext(
        "Arvosanan keskiarvo tiimeittäin ja viikoittain. Siihen on liitetty saman tiimin ja viikon luvut; "
        "luvut, joita ei ole tiimeittäin, ovat kaikille samat."
    )
    return Asked(table, keywords, told=told)
