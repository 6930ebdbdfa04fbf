"""The reading of groups of letters and words: a logistic regression for every class of every field and every theme."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from examples import Example
from export import FIELDS
from network import CLASSES
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kapula.text import labels, prepare
from kapula.text.models import grams

FIT = 4.0  # how closely the labels are followed: 2 and 8 gave the same
FIT_OF_FEW = 16.0  # of three thousand patients' comments; 4 gave 0.013 less beside a network
Column = tuple[str, np.ndarray, np.ndarray]
"""(Field, whether the examples have the class, what each counts for)."""


def fit(examples: list[Example], beside: list[Example], to: Path) -> None:
    """Write ``to`` what ``grams.load`` reads. ``beside`` are lines of which only good or bad is known."""
    every = examples + beside
    found, rarity = _counted(every, len(examples))

    def learned(column: Column) -> tuple[np.ndarray, float]:
        _, told, weight = column
        some = np.flatnonzero(weight)
        line = LogisticRegression(C=FIT, solver="liblinear", tol=1e-3).fit(found[some], told[some], weight[some])
        return line.coef_[0], line.intercept_[0]

    columns = list(_columns(every))
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(learned, columns))
    weights = np.stack([line for line, _ in told], 1)
    scale = np.abs(weights).max(0) / 127
    np.savez_compressed(
        to,
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=np.array([bias for _, bias in told], np.float32),
        rarity=rarity.astype(np.float16),
        fields=np.array([field for field, *_ in columns]),
    )


def topics(learned: list[Example], others: list[Example], names: tuple[str, ...]) -> np.ndarray:
    """Log odds of patients' topics for ``others``: (comments, topics)."""
    found, _ = _counted(learned + others, len(learned))
    told = []
    for name in names:
        line = LogisticRegression(C=FIT_OF_FEW, solver="liblinear", tol=1e-3)
        line.fit(found[: len(learned)], [name in (one.topics or ()) for one in learned])
        told.append(line.decision_function(found[len(learned) :]))
    return np.stack(told, 1)


def _counted(every: list[Example], known: int) -> tuple[csr_matrix, np.ndarray]:
    """(What falls to each place, every comment as long as every other; the places' rarity, by the first ``known`` of them)."""
    places, rows = _groups(every)
    rarity = _rarity(places, rows, known)
    counts = rarity[places]
    long = np.sqrt(np.bincount(rows, counts**2, minlength=len(every)))
    found = csr_matrix((counts / np.maximum(long, 1e-9)[rows], (rows, places)), shape=(len(every), len(rarity)))
    found.sum_duplicates()
    return found, rarity


def _groups(examples: list[Example], some: int = 2000) -> tuple[np.ndarray, np.ndarray]:
    told = []
    for at in range(0, len(examples), some):
        places, rows = grams.groups([prepare.readable(one.text) for one in examples[at : at + some]])
        told.append((places, rows + at))
    return np.concatenate([places for places, _ in told]), np.concatenate([rows for _, rows in told])


def _rarity(places: np.ndarray, rows: np.ndarray, comments: int) -> np.ndarray:
    """ln((1 + comments)/(1 + comments with the group)) + 1, of the comments alone."""
    once = np.unique(np.stack([places, rows])[:, rows < comments], axis=1)[0]
    return np.log((1 + comments) / (1 + np.bincount(once, minlength=1 << grams.BITS))).astype(np.float32) + 1


def _columns(every: list[Example]) -> Iterator[Column]:
    weight = np.array([one.weight for one in every])
    polar = {name: np.array([one.told.get("polarity") == name for one in every]) for name in labels.SENTIMENTS[:2]}
    for field in FIELDS:
        has = np.array([field in one.told for one in every])
        for kind in CLASSES.get(field, (True,)):
            told = np.array([one.told.get(field) == kind for one in every])
            if field == "sentiment" and kind in polar:
                yield field, told | polar[kind], weight * (has | polar["positive"] | polar["negative"])
            else:
                yield field, told, weight * has
    has = np.array([one.themes is not None for one in every])
    for code in labels.THEMES:
        unsure = np.array([code in one.perhaps for one in every])  # one of two readers saw it
        yield "themes", np.array([code in (one.themes or {}) for one in every]), weight * (has & ~unsure)
