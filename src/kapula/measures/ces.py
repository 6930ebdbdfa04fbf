"""Customer effort on five and seven points, in both directions, each declared apart: a mean of 5.6 means opposite
things."""

from __future__ import annotations

from kapula.measures.contract import Measure, Scale
from kapula.measures.registry import alias, register

_EASE = {
    "fi": "Yritys teki asiani hoitamisesta helppoa. (täysin eri mieltä – täysin samaa mieltä)",
    "sv": "Företaget gjorde det enkelt för mig att sköta mitt ärende. (helt av annan åsikt – helt av samma åsikt)",
    "en": "The company made it easy for me to handle my issue. (strongly disagree – strongly agree)",
}
_EFFORT = {
    "fi": "Kuinka paljon vaivaa jouduit itse näkemään asiasi hoitamiseksi? (hyvin vähän – hyvin paljon)",
    "sv": "Hur mycket ansträngning krävdes av dig för att sköta ditt ärende? (mycket lite – mycket stor)",
    "en": "How much effort did you personally have to put forth to handle your request? (very low – very high)",
}
_CES1 = "Dixon, Freeman & Toman (2010), Stop Trying to Delight Your Customers, Harvard Business Review 88(7/8)"
_CES2 = "Dixon, Toman & DeLisi (2013), The Effortless Experience, Portfolio (CES 2.0)"


def _ces(name: str, points: int, *, easy_is_high: bool) -> Measure:
    return register(
        Measure(
            name=name,
            family="mean",
            unit="scale",
            scale=Scale(1, points),
            higher_is_better=easy_is_high,
            wording=_EASE if easy_is_high else _EFFORT,
            source=_CES2 if easy_is_high else _CES1,
        )
    )


CES5 = _ces("ces5", 5, easy_is_high=True)
CES5_EFFORT = _ces("ces5_effort", 5, easy_is_high=False)
CES7 = _ces("ces7", 7, easy_is_high=True)
CES7_EFFORT = _ces("ces7_effort", 7, easy_is_high=False)
alias("ces", CES7)
