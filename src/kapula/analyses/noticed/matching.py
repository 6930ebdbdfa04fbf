"""Which comments mention a behaviour that is given by examples: by the likeness of their embeddings to the examples'.

A comment's score is its cosine to the most like example. The threshold is chosen on labelled comments, so that sensitivity + specificity is
greatest, and the error it is told to have is counted on the folds that did not choose it. Without labelled comments, examples stand
in for mentions and the comments themselves for the rest; how often that errs is then not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kapula.errors import ParameterError
from kapula.text.shares import ErrorRates, Rates

Floats = NDArray[np.floating[Any]]
FOLDS: Final = 5
KEPT: Final = 0.8
"""Without labelled comments: the share of examples that the others must find."""
FEWEST_LABELLED: Final = 10
"""Labelled comments of each kind before they choose the threshold."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """``threshold``: the least score of a mention. ``errors``: counted on comments that did not choose it; None when none were labelled."""

    examples: Floats
    threshold: float
    errors: Rates | None

    def mentions(self, texts: Floats) -> NDArray[np.bool_]:
        """(n,) whether each text mentions the behaviour. ``texts``: (n, d) embeddings of unit length."""
        return np.asarray(scores(texts, self.examples) >= self.threshold)


def scores(texts: Floats, examples: Floats) -> Floats:
    """(n,) each text's cosine to the example most like it. ``texts``: (n, d), ``examples``: (k, d), all of unit length."""
    _require_vectors(texts, examples)
    return np.asarray((texts @ examples.T).max(axis=1))


def learn(examples: Floats, texts: Floats, labels: Any = None, *, folds: int = FOLDS, seed: int = 1) -> Matcher:
    """A matcher from examples (k, d) and texts (n, d) of unit length; ``labels``: (n,) true, false or None where nobody has said.

    Raises :class:`~kapula.errors.ParameterError` for vectors of different lengths, or without two examples.
    """
    _require_vectors(texts, examples)
    found = scores(texts, examples)
    said = np.array([-1 if one is None else int(bool(one)) for one in (labels if labels is not None else [])])
    known = said >= 0
    if known.any() and min((said == 1).sum(), (said == 0).sum()) >= FEWEST_LABELLED:
        score, truth = found[known], said[known] == 1
        return Matcher(examples, best(score, truth), _held_out(score, truth, folds, seed))
    if len(examples) < 2:
        raise ParameterError(
            "One example cannot show how like its kind a mention is.",
            hint="Give at least two example phrases, better five, or label comments of both kinds.",
            parameter="examples",
            value=len(examples),
        )
    among = examples @ examples.T
    np.fill_diagonal(among, -np.inf)
    others = np.sort(among.max(axis=1))
    return Matcher(examples, float(others[int(np.floor((1 - KEPT) * len(others)))]), None)


def best(score: Floats, truth: NDArray[np.bool_]) -> float:
    """The threshold of the greatest sensitivity + specificity − 1, midway between two scores."""
    values = np.unique(score)
    cuts = np.r_[values[0], (values[1:] + values[:-1]) / 2]
    ordered_true, ordered_false = np.sort(score[truth]), np.sort(score[~truth])
    above = 1 - np.searchsorted(ordered_true, cuts) / len(ordered_true)
    below = np.searchsorted(ordered_false, cuts) / len(ordered_false)
    return float(cuts[int(np.argmax(above + below))])


def _held_out(score: Floats, truth: NDArray[np.bool_], folds: int, seed: int) -> ErrorRates:
    """Each fold judged by the threshold that the others chose; folds hold both kinds in like shares."""
    rng = np.random.default_rng(seed)
    fold = np.empty(len(score), dtype=int)
    for kind in (True, False):
        places = np.flatnonzero(truth == kind)
        fold[places] = rng.permutation(len(places)) % folds
    said = np.zeros(len(score), dtype=bool)
    for one in range(folds):
        cut = best(score[fold != one], truth[fold != one])
        said[fold == one] = score[fold == one] >= cut
    return ErrorRates.of_labels(truth.tolist(), said.tolist())


def _require_vectors(texts: Floats, examples: Floats) -> None:
    if texts.ndim != 2 or examples.ndim != 2 or texts.shape[1] != examples.shape[1] or not len(examples):
        raise ParameterError(
            f"Texts {texts.shape} and examples {examples.shape} are not vectors of one length.",
            hint="Embed both with the same model: (n, d) and (k, d), at least one example.",
            parameter="examples",
            value=[list(texts.shape), list(examples.shape)],
        )
