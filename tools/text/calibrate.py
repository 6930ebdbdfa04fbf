"""What held-out comments tell of the numbers: temperature, thresholds, and how sure the sure ones are."""

from __future__ import annotations

import numpy as np
from examples import Example
from measure import f1
from network import FLAGS

from kapula.text import labels

PRECISION = 0.65  # of urgent ones, beyond the 0.6 that is promised


def settings(examples: list[Example], out: dict[str, np.ndarray]) -> dict:
    """Temperature of the sentiment, and the probability from which each flag and theme is named."""
    thresholds = {name: _best(np.array([e.told[name] for e in examples]), out[name]) for name in FLAGS}
    urgent = np.array([e.told["urgent"] for e in examples])
    thresholds["urgent"] = min(thresholds["urgent"], _at_precision(urgent, out["urgent"], PRECISION))
    themes = np.array([[code in (e.themes or {}) for code in labels.THEMES] for e in examples])
    thresholds.update(dict.fromkeys(labels.THEMES, _best(themes, out["themes"])))
    return {"temperature": temperature(examples, out), "abstain": 0.5, "thresholds": thresholds}


def temperature(examples: list[Example], out: dict[str, np.ndarray]) -> float:
    """What the logits are divided by so that probabilities come true: least log loss."""
    told = _sentiments(examples)
    tried = np.exp(np.linspace(np.log(0.5), np.log(4), 80))
    losses = [-np.log(chances(out["sentiment"], t)[np.arange(len(told)), told] + 1e-9).mean() for t in tried]
    return round(float(tried[int(np.argmin(losses))]), 3)


def error(examples: list[Example], out: dict[str, np.ndarray], given: float | None = None, bins: int = 10) -> float:
    """Expected calibration error with the ``given`` temperature; without one each half of the comments with the temperature of the
    other, then both together, since bins of few comments seem off by chance alone."""
    told = _sentiments(examples)
    rows = np.arange(len(examples))
    found = np.zeros(out["sentiment"].shape)
    for held in (rows % 2 == 0, rows % 2 == 1):
        some = [e for e, out_of in zip(examples, held, strict=True) if not out_of]
        own = given or temperature(some, {"sentiment": out["sentiment"][~held]})
        found[held] = chances(out["sentiment"][held], own)
    sure, right = found.max(1), found.argmax(1) == told
    which = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [
        abs(right[which == b].mean() - sure[which == b].mean()) * (which == b).mean()
        for b in range(bins)
        if (which == b).any()
    ]
    return float(sum(gaps))


def abstaining(examples: list[Example], out: dict[str, np.ndarray], told: dict) -> dict[str, float]:
    """Share that abstains, and how often the others and the abstaining are right."""
    found = chances(out["sentiment"], told["temperature"])
    right = found.argmax(1) == _sentiments(examples)
    unsure = found.max(1) < told["abstain"]
    return {"abstained": float(unsure.mean()), "right when sure": float(right[~unsure].mean()),
            "right when unsure": float(right[unsure].mean()) if unsure.any() else float("nan")}  # fmt: skip


def urgent(examples: list[Example], out: dict[str, np.ndarray], told: dict) -> dict[str, int]:
    """How many are urgent, how many of those are found, and how many are said to be."""
    true, said = np.array([e.told["urgent"] for e in examples]), chance(out["urgent"]) > told["thresholds"]["urgent"]
    return {"urgent": int(true.sum()), "urgent found": int((true & said).sum()), "urgent said": int(said.sum())}


def chances(logits: np.ndarray, t: float) -> np.ndarray:
    raised = np.exp((logits - logits.max(1, keepdims=True)) / t)
    return raised / raised.sum(1, keepdims=True)


def _sentiments(examples: list[Example]) -> np.ndarray:
    return np.array([labels.SENTIMENTS.index(e.told["sentiment"]) for e in examples])


def _best(told: np.ndarray, logits: np.ndarray) -> float:
    tried = np.linspace(-3, 3, 61)
    return _probability(max(tried, key=lambda t: f1(told, logits > t)))


def _at_precision(told: np.ndarray, logits: np.ndarray, precision: float) -> float:
    tried = [t for t in np.linspace(-4, 4, 81) if (told & (logits > t)).sum() >= precision * max(1, (logits > t).sum())]
    return _probability(min(tried)) if tried else 0.5


def chance(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logits))


def _probability(logit: float) -> float:
    return round(float(chance(np.array(logit))), 3)
