"""The question as asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kapula.analyses.resamples import LEAST_RESAMPLES

LIMITS: Final[dict[str, tuple[float, float]]] = {
    "max_loss": (0.0, 1.0),
    "min_agreement": (-1.0, 1.0),
    "twin": (0.0, 1.0),
    "level": (0.5, 0.9999),
    "folds": (3, 50),
    "repeats": (1, 100),
    "n_boot": (LEAST_RESAMPLES, 10_000),
    "agree": (1, 4),
}
ENOUGH_RESAMPLES: Final = 50
"""Fewer are taken with a warning."""


@dataclass(frozen=True, slots=True)
class Settings:
    """See :func:`kapula.prune` for each."""

    outcome: str
    questions: tuple[str, ...]
    leading: tuple[str, ...]
    always: tuple[str, ...]
    scale: tuple[str, ...]
    seconds: str | Mapping[str, float] | None
    weight: str | None
    cluster: str | None
    time: str | None
    max_loss: float
    min_agreement: float
    twin: float
    folds: int
    repeats: int
    n_boot: int
    careless: Mapping[str, float] | None
    agree: int
    level: float
    seed: int

    @property
    def figures(self) -> tuple[str, ...]:
        """The columns of numbers that every used row must have."""
        return (self.outcome, *self.leading, *self.questions)

    @property
    def method(self) -> dict[str, Any]:
        return {
            "order": "backward_elimination",
            "validation": "nested_cross_validation",
            "shares": "johnson",
            "missing": "listwise",
            "outcome": self.outcome,
            "questions": list(self.questions),
            "leading": list(self.leading),
            "always": list(self.always),
            "scale": list(self.scale),
            "seconds": self.seconds if isinstance(self.seconds, str | None) else dict(self.seconds),
            "weight": self.weight,
            "cluster": self.cluster,
            "time": self.time,
            **{name: getattr(self, name) for name in LIMITS},
            "seed": self.seed,
        }
