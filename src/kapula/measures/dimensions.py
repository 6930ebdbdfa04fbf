"""Effectiveness, ease and emotion, and each respondent's mean over the three."""

from __future__ import annotations

from kapula.measures.contract import Measure, Scale
from kapula.measures.registry import register

_SOURCE = "Forrester's three dimensions of experience quality: effectiveness, ease, emotion"
_WORDINGS = {
    "effectiveness": {
        "fi": "Sain sen, mitä tulin hakemaan.",
        "sv": "Jag fick det jag kom för.",
        "en": "I got what I came for.",
    },
    "ease": {
        "fi": "Asiointi oli helppoa.",
        "sv": "Det var enkelt att uträtta ärendet.",
        "en": "It was easy to do business.",
    },
    "emotion": {
        "fi": "Minulle jäi hyvä tunne.",
        "sv": "Jag fick en bra känsla.",
        "en": "I was left with a good feeling.",
    },
}

EFFECTIVENESS, EASE, EMOTION = (
    register(
        Measure(
            name=name,
            family="mean",
            unit="scale",
            scale=Scale(1, 5),
            columns=(name,),
            wording=wording,
            source=_SOURCE,
        )
    )
    for name, wording in _WORDINGS.items()
)
EXPERIENCE = register(
    Measure(
        name="experience",
        family="mean",
        unit="scale",
        scale=Scale(1, 5),
        columns=tuple(_WORDINGS),
        source=_SOURCE,
    )
)
