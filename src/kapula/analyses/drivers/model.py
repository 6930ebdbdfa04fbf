"""What is regressed on what, and what each player explains of it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from kapula.analyses.drivers.moments import Floats


@dataclass(frozen=True, slots=True)
class Model:
    """The order of the columns: ``always`` covariates first, then the players' columns (``sizes`` each), the outcome last."""

    sizes: tuple[int, ...]
    always: int = 0
    method: str = "lmg"

    @property
    def columns(self) -> int:
        return self.always + sum(self.sizes) + 1

    @property
    def places(self) -> list[list[int]]:
        """Each player's columns, after the always."""
        ends = np.cumsum([0, *self.sizes])
        return [list(range(first, last)) for first, last in itertools.pairwise(ends.tolist())]


@dataclass(frozen=True, slots=True)
class Explained:
    """All over a batch, as shares of the outcome's whole variance. ``shares``, ``first``, ``last``: (players, batch); ``first`` is
    what a player explains when it is the first beside the always, ``last`` what it adds to all the others. ``r2``: what the players add
    to the always, ``r2_always``: what the always explain, (batch,). ``alone``, ``beside``: (columns, batch) correlations with the
    outcome of each column, given the always, and given the always and all other players."""

    shares: Floats
    first: Floats
    last: Floats
    r2: Floats
    r2_always: Floats
    alone: Floats
    beside: Floats

    def split(self) -> tuple[Explained, Explained]:
        """The data (first of the batch), and the resamples."""
        parts = [getattr(self, name) for name in self.__slots__]
        return Explained(*(part[..., :1] for part in parts)), Explained(*(part[..., 1:] for part in parts))
