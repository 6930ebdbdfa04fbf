"""From a latent opinion to an answer on a scale, with the blanks of real life."""

from __future__ import annotations

import numpy as np

from kapula.example.calendar import FloatArray
from kapula.example.questions import BY_CODE
from kapula.example.truths import Plan

BLANK: dict[str, float] = {
    "fcr": 0.07,
    "ease": 0.06,
    "emotion": 0.05,
    "effectiveness": 0.05,
    "ces": 0.05,
    "csat": 0.03,
    "nps": 0.02,
}
"""Share left unanswered or answered "don't know"."""


def opinion(rng: np.random.Generator, n: int) -> FloatArray:
    """One person's overall opinion: mean 0, variance 1, with a heavy tail of bad experiences (one in eleven)."""
    bad = rng.random(n) < 0.09
    raw = rng.normal(0.20, 0.80, n) - np.where(bad, 2.2, 0.0)
    return np.asarray((raw - (0.20 - 0.09 * 2.2)) / np.sqrt(0.64 + 0.09 * 0.91 * 2.2**2))


def mixed(rng: np.random.Generator, plan: Plan, shared: FloatArray, share: float) -> FloatArray:
    """A variable of variance 1 of which ``share`` is the shared opinion (nothing in a null world)."""
    own = opinion(rng, len(shared))
    share = share * plan.structure
    return np.asarray(np.sqrt(share) * shared + np.sqrt(1 - share) * own)


def on_scale(code: str, values: FloatArray) -> FloatArray:
    """Rounded to whole numbers and held within the question's scale."""
    question = BY_CODE[code]
    return np.clip(np.rint(values), question.low, question.high)


def with_blanks(rng: np.random.Generator, code: str, values: FloatArray) -> FloatArray:
    """Some answers left out, independently of everything."""
    return np.where(rng.random(len(values)) < BLANK.get(code, 0.04), np.nan, values)
