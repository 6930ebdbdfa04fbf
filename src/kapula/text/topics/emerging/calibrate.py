"""The limit that holds the promised rate of false alarms: worlds like this one in which nothing changes, watched as this one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.text.topics.emerging.evidence import Judged, exposure, onsets
from kapula.text.topics.emerging.settings import Rhythm

Floats = NDArray[np.float64]
WANTED: Final = 300
"""False alarms to be met in the simulation: the rate is then known to within about 6 %."""
FEW: Final = 30
MOST_WORLDS: Final = 2000
_CELLS: Final = 3_000_000
_TOGETHER: Final = 400_000
LARGEST: Final = 0.05
SMOOTHING: Final = 13


@dataclass(frozen=True, slots=True)
class Limit:
    """An alarm is a p at or under ``p``. ``rate``: false alarms a year met with it in ``worlds`` worlds; ``met``: how many they were."""

    p: float
    rate: float
    worlds: int
    met: int


def limit(
    counts: Floats, totals: Floats, weekday: NDArray[np.int64] | None, rhythm: Rhythm, rate: float, seed: int
) -> Limit:
    """``counts``: (periods, topics). The largest p that keeps false alarms, over all topics together, at ``rate`` a year or under."""
    judged = len(counts) - rhythm.first
    years = judged / rhythm.a_year
    worlds = int(np.clip(WANTED / (rate * years), 20, min(MOST_WORLDS, max(20, _CELLS // counts.size))))
    random = np.random.default_rng(seed)
    usual, spread = usual_world(counts, totals, weekday)
    step = max(1, _TOGETHER // counts.size)
    found = []
    for start in range(0, worlds, step):
        drawn = draw(usual, spread, min(step, worlds - start), random)
        found.append(Judged(drawn, totals, weekday, rhythm).p)
    p = np.concatenate(found)
    return _largest(p, rate * years * worlds, rhythm.guard, years * worlds, worlds)


def usual_world(counts: Floats, totals: Floats, weekday: NDArray[np.int64] | None) -> tuple[Floats, Floats]:
    """(what each period would have on average, (topics,) the variance of a share's own variation over its square).

    The variation is taken around a moving level, so that a change of level is not taken for noise, and peaks are cut so that a burst is
    not either.
    """
    expected = np.broadcast_to(exposure(counts[None], totals, weekday)[0], counts.shape)
    share = counts.sum(axis=0) / np.maximum(expected.sum(axis=0), 1e-12)
    usual = share * expected
    kernel = np.ones(min(SMOOTHING, len(counts)))
    level = np.stack([np.convolve(one, kernel, "same") for one in counts.T], axis=1)
    around = np.stack([np.convolve(one, kernel, "same") for one in expected.T], axis=1)
    local = level / np.maximum(around, 1e-12) * expected
    spread = np.zeros(counts.shape[1])
    for _ in range(2):
        most = local + 3.5 * np.sqrt(local + spread * local**2)
        apart = (np.minimum(counts, most) - local) ** 2 / (1 - 1 / len(kernel)) - local
        spread = _drawn_together(apart.sum(axis=0) / np.maximum((local**2).sum(axis=0), 1e-12), local)
    return usual, spread


def _drawn_together(own: Floats, means: Floats) -> Floats:
    """Each topic's variation drawn towards the topics' mean, the more the less surely it is known, and only then cut at nought: cut one
    by one they would be too large on average. ``means``: (periods, topics); the sampling variance is that of Poisson counts.

    Source: Efron & Morris (1973), JASA 68, 117–130.
    """
    square = np.maximum((means**2).sum(axis=0), 1e-12)
    noise = (2 * means**2 + means).sum(axis=0) / square**2
    weight = 1 / noise
    middle = float(weight @ own / weight.sum())
    between = max(0.0, float(weight @ ((own - middle) ** 2 - noise) / weight.sum()))
    return np.asarray(np.maximum(0.0, middle + (own - middle) * between / (between + noise)), dtype=np.float64)


def draw(usual: Floats, spread: Floats, worlds: int, random: np.random.Generator) -> Floats:
    """Negative binomial counts (worlds, periods, topics) with variance mean + spread · mean²; Poisson where spread is nought."""
    means = np.broadcast_to(usual, (worlds, *usual.shape))
    wild = spread > 1e-9
    if wild.any():
        shape = 1 / spread[wild]
        means = means.copy()
        means[:, :, wild] *= random.gamma(shape, 1 / shape, size=(worlds, len(usual), int(wild.sum())))
    return random.poisson(means).astype(np.float64)


def _largest(p: Floats, allowed: float, quiet: int, years: float, worlds: int) -> Limit:
    """By bisection over the p that occurred: onsets grow with the limit, but for a few that run together."""
    values = np.unique(p[p <= LARGEST])
    low, high, met = -1, len(values) - 1, 0
    while low < high:
        middle = (low + high + 1) // 2
        count = int(onsets(p <= values[middle], quiet).sum())
        if count <= allowed:
            low, met = middle, count
        else:
            high = middle - 1
    chosen = 0.0 if low < 0 else float(values[low])
    return Limit(chosen, met / years, worlds, met)
