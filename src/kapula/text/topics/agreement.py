"""How alike two groupings of the same things are.

Sources: Hubert & Arabie (1985), Journal of Classification 2, 193–218 (adjusted Rand); Manning, Raghavan & Schütze (2008), Introduction to
Information Retrieval, chapter 16.3 (purity, NMI, Rand, F); Hennig (2007), Computational Statistics & Data Analysis 52, 258–271 (Jaccard).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def crossed(first: ArrayLike, second: ArrayLike) -> Floats:
    """How many things are in each group of the first and of the second."""
    _, rows = np.unique(np.asarray(first), return_inverse=True)
    _, columns = np.unique(np.asarray(second), return_inverse=True)
    table = np.zeros((rows.max(initial=-1) + 1, columns.max(initial=-1) + 1))
    np.add.at(table, (rows, columns), 1)
    return table


def purity(groups: ArrayLike, classes: ArrayLike) -> float:
    """The share of things that are of their group's commonest class."""
    table = crossed(groups, classes)
    return float(table.max(axis=1).sum() / table.sum())


def mutual_information(groups: ArrayLike, classes: ArrayLike) -> float:
    """Normalised by the mean of the two entropies: 0 when nothing is told, 1 when the groupings are the same."""
    joint = crossed(groups, classes)
    joint = joint / joint.sum()
    rows, columns = joint.sum(axis=1), joint.sum(axis=0)
    seen = joint > 0
    told = float((joint[seen] * np.log(joint[seen] / np.outer(rows, columns)[seen])).sum())
    entropy = -float((rows * np.log(rows)).sum()) - float((columns * np.log(columns)).sum())
    return 1.0 if entropy <= 0 else 2 * told / entropy


def pairs(groups: ArrayLike, classes: ArrayLike) -> tuple[float, float, float, float]:
    """Pairs of things: (together in both, only in the groups, only in the classes, apart in both)."""
    table = crossed(groups, classes)

    def two(counts: Floats) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, first, second, every = two(table), two(table.sum(axis=1)), two(table.sum(axis=0)), two(table.sum()[None])
    return both, first - both, second - both, every - first - second + both


def rand(groups: ArrayLike, classes: ArrayLike) -> float:
    both, first, second, apart = pairs(groups, classes)
    return (both + apart) / (both + first + second + apart)


def f_measure(groups: ArrayLike, classes: ArrayLike, beta: float = 1.0) -> float:
    """Of pairs put together; ``beta`` above 1 minds most that pairs are torn apart."""
    both, wrong, missed, _ = pairs(groups, classes)
    precision, recall = both / (both + wrong), both / (both + missed)
    return (beta**2 + 1) * precision * recall / (beta**2 * precision + recall)


def adjusted_rand(first: ArrayLike, second: ArrayLike) -> float:
    """1 when the groupings are the same, 0 on average when they have nothing to do with each other."""
    both, one, other, apart = pairs(first, second)
    every = both + one + other + apart
    expected = (both + one) * (both + other) / every
    most = (2 * both + one + other) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def jaccard(first: NDArray[np.int64], second: NDArray[np.int64], groups: int) -> Floats:
    """For each of the first's ``groups``: how much of it and its nearest group of the second they share. Labels are 0, 1, …"""
    table = np.zeros((groups, int(second.max(initial=-1)) + 1))
    np.add.at(table, (first, second), 1)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    return np.asarray((table / np.maximum(union, 1)).max(axis=1), dtype=np.float64)
