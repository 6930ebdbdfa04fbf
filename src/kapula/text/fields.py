"""From the network's numbers to labels: probabilities, thresholds, and what several parts of a long text say together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kapula.text import labels
from kapula.text.models.network import Reading, Settings

Floats = npt.NDArray[np.float32]

RESOLVED: Final = (True, False, None)
FLAGS: Final = ("churn_risk", "urgent", "suggestion")


@dataclass(frozen=True, slots=True)
class Logits:
    """Of a whole text, however many parts it was read in."""

    fields: dict[str, Floats]
    themes: Floats


def together(readings: Sequence[Reading], lengths: Sequence[int]) -> Logits:
    """Classes: the parts' mean by length. Flags and themes: said once is said."""
    if len(readings) == 1:
        return Logits(readings[0].logits, readings[0].themes)
    share = np.asarray(lengths, np.float32) / sum(lengths)
    fields = {}
    for name in readings[0].logits:
        told = np.stack([reading.logits[name] for reading in readings])
        fields[name] = told.max(axis=0) if told.shape[1] == 1 else (share[:, None] * told).sum(axis=0)
    return Logits(fields, np.stack([reading.themes for reading in readings]).max(axis=0))


def of(logits: Logits, settings: Settings, languages: Sequence[str], *, mixed: bool = False) -> dict[str, Any]:
    """Every field but themes and personal data. ``mixed``: whether the comment was found to be in two languages (``mixing``)."""
    told = {name: values.tolist() for name, values in logits.fields.items()}  # few numbers each: quicker than arrays
    chances = softmax([one / settings.temperature for one in told["sentiment"]])
    sentiment = _first(chances)
    language = "mixed" if mixed else labels.LANGUAGES[_first(told["language"])]
    known = language in languages or language == "mixed"
    flags = {name: told[name][0] >= log_odds(settings.thresholds[name]) for name in FLAGS}
    return {
        "language": language,
        "sentiment": labels.SENTIMENTS[sentiment],
        "probability": chances[sentiment],
        "abstained": chances[sentiment] < settings.abstain or not known,
        "intensity": labels.INTENSITIES[_first(told["intensity"])],
        "emotion": labels.EMOTIONS[_first(told["emotion"])],
        "dimensions": [
            name for name in labels.DIMENSIONS if told[f"of_{name}"][0] >= log_odds(settings.thresholds[f"of_{name}"])
        ],
        "resolved": RESOLVED[_first(told["resolved"])],
        "empathy": labels.EMPATHY[_first(told["empathy"])],
        **flags,
    }


def wordless() -> dict[str, Any]:
    """Of a text with nothing to read: it says nothing, and that is certain."""
    return {
        "language": "other",
        "sentiment": "neutral",
        "probability": 1.0,
        "abstained": False,
        "intensity": 0,
        "emotion": "none",
        "dimensions": [],
        "resolved": None,
        "empathy": None,
        **dict.fromkeys(FLAGS, False),
    }


@cache
def log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def softmax(logits: Sequence[float]) -> list[float]:
    most = max(logits)
    raised = [math.exp(one - most) for one in logits]
    whole = sum(raised)
    return [one / whole for one in raised]


def _first(values: Sequence[float]) -> int:
    """Where the largest is."""
    return values.index(max(values))
