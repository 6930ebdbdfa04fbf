"""A question as the methods take it: players, covariates, method and settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

METHODS: Final = ("lmg", "johnson", "shapley_logit", "penalty_reward")
MISSING: Final = ("listwise", "impute")
EXACT: Final = 25
"""Players whose 2^p subsets are all computed for the point estimate."""
RESAMPLED: Final = 20
"""Players whose 2^p subsets are all computed for every resample."""


@dataclass(frozen=True, slots=True)
class Player:
    """What receives one share: a driver's column, or a group's columns taken together."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """All settings of a run, checked. ``columns``: the always, then the players' in order."""

    outcome: str
    players: tuple[Player, ...]
    always: tuple[str, ...]
    method: str
    weight: str | None
    cluster: str | None
    n_boot: int
    level: float
    missing: str
    imputations: int
    seed: int

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.always, *(column for player in self.players for column in player.columns))

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(len(player.columns) for player in self.players)
