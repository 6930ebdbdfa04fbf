"""Few-shot heads: what an organisation's example phrases and corrections teach of a theme.

A head is a logistic regression on the embedding, beside the model's own log odds where the model knows the theme:

    log odds = trust · own + w · e + b,    minimising  Σ cᵢ log(1 + exp(−yᵢ · log oddsᵢ)) + λ/2 · |w|² + κ/2 · (trust − 1)²,

so that with no corrections the model's view stands, and every correction moves it as far as its weight allows. Newton's method in the
space of the examples; nothing is random.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from kapula.errors import ParameterError
from kapula.text import labels
from kapula.text.codebook.codebook import Codebook, Head, Theme

if TYPE_CHECKING:
    from kapula.text.themes import Part

Floats = npt.NDArray[np.float64]

RIDGE: Final = 0.05  # λ: the embedding's length is 1, so a weight of 10 turns a verdict
TRUST: Final = 4.0  # κ: how slowly belief in the model's own view is given up
BACKGROUND: Final = 400  # comments of the corpus that stand for "about something else"
BACKGROUND_OF: Final = ("a", "b", "c")  # by these authors: comments written later do not move heads of the same version
EXAMPLES_WEIGH: Final = 20.0  # all of a theme's example phrases together, against the background's
STEPS: Final = 40
CLIPPED: Final = 8.0  # own log odds beyond this are no surer


def fit(
    embeddings: npt.ArrayLike, told: Sequence[bool], own: Sequence[float] | None = None,
    weights: Sequence[float] | None = None, tier: str = "careful",
) -> Head:  # fmt: skip
    """A head from ``embeddings`` (n, d), whether each text speaks of the theme, and the model's own log odds of it, if it has any.

    Raises ParameterError unless there is at least one of either kind, or, beside the model's own view, one at all.
    """
    e = np.asarray(embeddings, float)
    y = np.asarray(told, float)
    c = np.ones(len(y)) if weights is None else np.asarray(weights, float)
    if len(y) == 0 or (own is None and (y.min() == y.max())):
        raise ParameterError(
            "a theme is learned from texts that speak of it and texts that do not",
            parameter="told", value=sorted(set(map(bool, told))), allowed=[True, False],
        )  # fmt: skip
    base = np.zeros(len(y)) if own is None else np.clip(np.asarray(own, float), -CLIPPED, CLIPPED)
    design = np.column_stack([e, np.ones(len(y)), base])
    start = np.zeros(design.shape[1])
    penalty = np.full(design.shape[1], RIDGE)
    penalty[-2] = 1e-3 if own is None else RIDGE
    penalty[-1] = TRUST
    middle = np.zeros(design.shape[1])
    middle[-1] = start[-1] = 0.0 if own is None else 1.0
    found = _newton(design, y, c, start, middle, penalty)
    trust = 0.0 if own is None else float(found[-1])
    return Head(tuple(map(float, found[:-2])), float(found[-2]), trust, len(y), tier)


def score(embeddings: npt.ArrayLike, head: Head, own: npt.ArrayLike | None = None) -> Floats:
    """Probability of the theme for each of ``embeddings`` (n, d)."""
    base = 0.0 if own is None else head.trust * np.clip(np.asarray(own, float), -CLIPPED, CLIPPED)
    return np.asarray(1 / (1 + np.exp(-(base + np.asarray(embeddings, float) @ np.asarray(head.weights) + head.bias))))


def heads_for(codebook: Codebook, tier: str) -> Mapping[str, Head]:
    """The codebook's taught heads, and for a theme with example phrases that has none, one from its examples."""
    taught = {code: head for code, head in codebook.heads.items() if head.tier == tier}
    told = tuple(
        (theme.code, theme.examples) for theme in codebook.themes if theme.examples and theme.code not in taught
    )
    return {**dict(_from_examples(told, tier)), **taught} if told else taught


def from_examples(theme: Theme, tier: str = "careful") -> Head:
    """A head from a theme's example phrases alone, against comments about anything else.

    Raises ParameterError when it has none.
    """
    if not theme.examples:
        raise ParameterError("the theme has no example phrases", parameter="examples", value=[], allowed="one or more")
    return dict(_from_examples(((theme.code, theme.examples),), tier))[theme.code]


@lru_cache(maxsize=32)
def _from_examples(told: tuple[tuple[str, tuple[str, ...]], ...], tier: str) -> tuple[tuple[str, Head], ...]:
    from kapula.text.models.network import load
    from kapula.text.reading import embed

    behind, known = background(tier)
    heads = []
    for code, examples in told:
        e = np.vstack([embed(examples, tier), behind])
        y = [True] * len(examples) + [False] * len(behind)
        weights = [EXAMPLES_WEIGH / len(examples)] * len(examples) + [1 / np.sqrt(len(behind))] * len(behind)
        if code not in labels.THEMES:  # its telling words are its own view
            heads.append((code, replace(fit(e, y, weights=weights, tier=tier), trust=1.0)))
            continue
        # A theme the model knows: the background says nothing against it, and examples only widen it.
        readings = load(tier).read(list(examples))
        own = [float(reading.themes[labels.THEMES.index(code)]) for reading in readings]
        column = known[:, labels.THEMES.index(code)]
        truth = [True] * len(examples) + [bool(value > 0) for value in column]
        heads.append((code, fit(e, truth, [*own, *map(float, column)], weights, tier)))
    return tuple(heads)


def background(tier: str) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Comments of the first authors, evenly chosen: their embeddings (n, d) and the model's own log odds of its themes (n, codes)."""
    readings = [part.reading for part in background_parts(tier)]
    return np.stack([one.embedding for one in readings]), np.stack([one.themes for one in readings])


@lru_cache(maxsize=2)
def background_parts(tier: str) -> tuple[Part, ...]:
    """The same comments as they were read."""
    from kapula.text.corpus import load as corpus
    from kapula.text.models.network import load
    from kapula.text.themes import Part

    every = [one.text for one in corpus(authors=BACKGROUND_OF) if len(one.text) < 300]
    chosen = every[:: max(1, len(every) // BACKGROUND)][:BACKGROUND]
    return tuple(Part(0, text, reading) for text, reading in zip(chosen, load(tier).read(chosen), strict=True))


def _newton(x: Floats, y: Floats, c: Floats, start: Floats, middle: Floats, penalty: Floats) -> Floats:
    """Penalised logistic regression; halves a step that would climb."""
    beta = start.copy()
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (c * (chance - y)) + penalty * (beta - middle)
        curve = (x * (c * chance * (1 - chance))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        size, here = 1.0, _cost(x, y, c, beta, middle, penalty)
        while size > 1e-4 and _cost(x, y, c, beta - size * step, middle, penalty) > here:
            size /= 2
        beta = beta - size * step
        if float(np.abs(size * step).max()) < 1e-8:
            break
    return beta


def _cost(x: Floats, y: Floats, c: Floats, beta: Floats, middle: Floats, penalty: Floats) -> float:
    odds = x @ beta
    return float((c * (np.logaddexp(0, odds) - y * odds)).sum() + (penalty * (beta - middle) ** 2).sum() / 2)
