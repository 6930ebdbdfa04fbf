"""Made-up worlds for the tests of ``kapula.decompose``, as the units its bootstrap draws, and the truth they were drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.decompose.intervals import freedom, part_of
from kapula.analyses.decompose.part import Part
from kapula.analyses.decompose.parts import split
from kapula.analyses.decompose.resample import splits
from kapula.analyses.decompose.units import Units

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """``shares``, ``values``: (segments, 2), the truth. ``n``: answers a period. ``noise``: standard deviation of an answer; with
    ``promoters`` the answers are −1, 0 and 1 with those means. ``customers``: answers each customer gives in each
    period (0: independent)."""

    shares: Floats
    values: Floats
    n: int
    promoters: bool = False
    customers: int = 0

    def truth(self) -> dict[str, Floats]:
        found = split(self.values * self.shares, self.shares)
        return {
            "total": found.total, "mix": found.mix.sum(), "within": found.within.sum(), "segments": found.within, "changes": found.change,
        }  # fmt: skip

    def draw(self, random: np.random.Generator) -> Units:
        side = np.repeat([0, 1], self.n)
        unit = np.arange(2 * self.n)
        mood = np.zeros(2 * self.n)
        if self.customers:  # half of the customers are heard in both periods
            unit = np.concatenate([np.arange(self.n), self.n // 2 + np.arange(self.n)]) // self.customers
            mood = random.normal(size=unit.max() + 1)[unit]
        segment = np.array([random.choice(len(self.shares), self.n, p=self.shares[:, s]) for s in (0, 1)]).ravel()
        level = self.values[segment, side]
        if self.promoters:
            passive = 0.4
            y = np.where(
                random.random(2 * self.n) < passive,
                0.0,
                np.where(random.random(2 * self.n) < (1 + level / (1 - passive)) / 2, 1.0, -1.0),
            )
        else:
            y = level + 0.7 * mood + random.normal(size=2 * self.n)
        ones = np.ones(2 * self.n)
        cell = 2 * segment + side
        if not self.customers:
            return Units(_keys(self.shares), cell, unit, y, ones, ones.astype(int), ones.astype(int), False)
        entries, place = np.unique(unit * 1000 + cell, return_inverse=True)
        sums, counts = np.bincount(place, y), np.bincount(place)
        count = np.ones(len(entries), dtype=int)
        return Units(
            _keys(self.shares), entries % 1000, entries // 1000, sums, counts.astype(float), count, counts, True
        )


def estimate(units: Units, seed: int, level: float = 0.95, replicates: int = 400) -> dict[str, list[Part]]:
    """Every figure with its interval, as the analysis makes them."""
    whole = split(units.sums(units.y * units.times), units.sums(units.x * units.times))
    drawn, df = splits(units, replicates, seed), freedom(units, whole)
    places = range(len(units.segments))
    mix, within = drawn.mix.sum(axis=-1), drawn.within.sum(axis=-1)
    return {
        "total": [part_of(float(whole.total), mix + within, df.total, level)],
        "mix": [part_of(float(whole.mix.sum()), mix, df.total, level)],
        "within": [part_of(float(whole.within.sum()), within, df.within, level)],
        "segments": [part_of(float(whole.within[g]), drawn.within[:, g], df.change[g], level) for g in places],
        "changes": [part_of(float(whole.change[g]), drawn.change[:, g], df.change[g], level) for g in places],
    }


def coverage(world: World, runs: int, replicates: int = 400) -> dict[str, float]:
    """How often each kind of interval holds the truth."""
    truth = {name: np.atleast_1d(value) for name, value in world.truth().items()}
    held: dict[str, list[bool]] = {name: [] for name in truth}
    for seed in range(runs):
        found = estimate(world.draw(np.random.default_rng(seed)), seed, replicates=replicates)
        for name, parts in found.items():
            held[name] += [
                part.low <= value <= part.high
                for part, value in zip(parts, truth[name], strict=True)
                if part.low is not None and part.high is not None
            ]
    return {name: float(np.mean(found)) for name, found in held.items()}


def _keys(shares: Floats) -> tuple[tuple[int], ...]:
    return tuple((place,) for place in range(len(shares)))
