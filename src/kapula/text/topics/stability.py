"""How many groups there are: as many as stay together when the run is repeated on other samples of the comments and with other starts.

A group is kept when its mean Jaccard over the repeats is at least LEAST (Hennig 2007: a cluster under 0.5 has dissolved, from 0.6 it is
a pattern) and above what any group reaches in the same way among comments made without groups. The number is the one whose kept groups
are, added up, furthest above that line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.text.topics import agreement, kmeans, space

Vectors = NDArray[np.float32]
LEAST: Final = 0.55
PART: Final = 0.8
REPEATS: Final = 12
STARTS: Final = 4
NULL_WORLDS: Final = 2
GRID: Final = (*range(2, 13), 14, 16, 18, 21, 24, 28, 32, 40)


@dataclass(frozen=True, slots=True)
class Tried:
    """``stability``: each group's mean Jaccard. ``needed``: what it must reach. ``consensus``: mean adjusted Rand over the repeats."""

    count: int
    grouping: kmeans.Grouping
    stability: NDArray[np.float64]
    needed: float
    consensus: float
    kept: tuple[int, ...]


def choose(
    vectors: Vectors, smallest: int, seed: int, start: Vectors | None = None, most: int | None = None
) -> Tried | None:
    """The best number of groups of at least ``smallest``; None when no number gives a group that stays together."""
    best: Tried | None = None
    largest = min(most or GRID[-1], len(vectors) // smallest)
    nulls = [space.unlike(vectors, np.random.default_rng([seed, 7, world])) for world in range(NULL_WORLDS)]
    for count in (one for one in GRID if one <= largest):
        tried = attempt(vectors, count, smallest, seed, nulls, start)
        if tried.kept and (best is None or _worth(tried) > _worth(best)):
            best = tried
    return best


def attempt(
    vectors: Vectors, count: int, smallest: int, seed: int, nulls: list[Vectors], start: Vectors | None = None
) -> Tried:
    grouping = best_of(vectors, count, seed, start)
    stable, consensus = repeated(vectors, grouping, seed)
    by_chance = [repeated(null, best_of(null, count, seed, starts=2), seed, REPEATS // 3)[0] for null in nulls]
    needed = max(LEAST, float(np.concatenate(by_chance).max())) if by_chance else LEAST
    sizes = np.bincount(grouping.places, minlength=count)
    kept = tuple(int(one) for one in np.nonzero((stable >= needed) & (sizes >= smallest))[0])
    return Tried(count, grouping, stable, needed, consensus, kept)


def _worth(tried: Tried) -> float:
    """How far above the line the kept groups are, together: many groups count for it, and halves of one group, being shaky, against."""
    return float((tried.stability[list(tried.kept)] - tried.needed).sum())


def best_of(
    vectors: Vectors, count: int, seed: int, start: Vectors | None = None, starts: int = STARTS
) -> kmeans.Grouping:
    """The best fitting of several starts; the one from ``start`` (last time's centres) unless another fits clearly better."""
    found = [kmeans.group(vectors, count, np.random.default_rng([seed, 1, turn])) for turn in range(starts)]
    best = max(found, key=lambda one: one.fit)
    if start is None or len(start) > count:
        return best
    again = kmeans.group(vectors, count, np.random.default_rng([seed, 1, STARTS]), start)
    return again if again.fit >= 0.99 * best.fit else best


def repeated(
    vectors: Vectors, grouping: kmeans.Grouping, seed: int, repeats: int = REPEATS
) -> tuple[NDArray[np.float64], float]:
    """(each group's mean Jaccard, mean adjusted Rand) against groupings of samples of four fifths, each with starts of its own."""
    count = len(grouping.centres)
    shared, alike = np.zeros(count), 0.0
    for turn in range(repeats):
        random = np.random.default_rng([seed, 2, turn])
        sample = np.sort(random.choice(len(vectors), round(PART * len(vectors)), replace=False))
        tries = [kmeans.group(vectors[sample], count, random) for _ in range(2)]
        other = kmeans.nearest(vectors, max(tries, key=lambda one: one.fit).centres)
        shared += agreement.jaccard(grouping.places, other, count)
        alike += agreement.adjusted_rand(grouping.places, other)
    return shared / repeats, alike / repeats
