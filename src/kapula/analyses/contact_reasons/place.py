"""Where a reason lies, and how surely: by feeling, by trouble and by volume.

A reason lies in a place when it is on the right side of every line that bounds it, so the p of a place is the largest of its sides'
(intersection–union: Berger 1982, Technometrics 24, 295–300). Over the reasons the p are corrected by Holm's step-down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from kapula.analyses.contact_reasons.contrast import Gap

PLACES: Final = ("automate", "help_human", "remove_cause", "leave")
NOT_SURE: Final = "not_sure"
DRAWS: Final = 4000


@dataclass(frozen=True, slots=True)
class Axes:
    """How much stronger the feeling, the trouble and the volume are than the lines."""

    feeling: Gap
    trouble: Gap
    volume: Gap


def sides(axes: Axes) -> dict[str, float]:
    """Place → the p with which it could be claimed by mistake, before correction over reasons."""
    feeling, trouble, volume = axes.feeling, axes.trouble, axes.volume
    return {
        "automate": max(feeling.below, trouble.below, volume.above),
        "help_human": feeling.above,
        "remove_cause": max(feeling.below, trouble.above),
        "leave": max(feeling.below, trouble.below, volume.below),
    }


def p_of(axes: Axes) -> float:
    """Two-sided over the places: whichever of them would be claimed."""
    return float(min(1.0, 2 * min(sides(axes).values())))


def certainty(axes: Axes, rng: np.random.Generator) -> dict[str, float]:
    """Place → how likely the reason truly lies there, given the data: the draws of the three differences, which go together as they
    were found to, that fall into it."""
    gaps = (axes.feeling, axes.trouble, axes.volume)
    parts = np.stack([gap.parts for gap in gaps])
    covariance = parts @ parts.T
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0))
    df = min(gap.df for gap in gaps)
    scale = np.sqrt(df / np.maximum(special.chdtri(df, rng.random(DRAWS)), 1e-12))[:, None]
    drawn = np.array([gap.value for gap in gaps]) + scale * (rng.normal(size=(DRAWS, 3)) @ root.T)
    feeling, trouble, volume = (drawn > 0).T
    found = {
        "automate": ~feeling & ~trouble & volume,
        "help_human": feeling,
        "remove_cause": ~feeling & trouble,
        "leave": ~feeling & ~trouble & ~volume,
    }
    return {place: float(found[place].mean()) for place in PLACES}
