"""The rows a question is answered from, as sums: of all of them, and of each resample."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kapula.analyses.drivers.moments import Floats, Standard
from kapula.analyses.drivers.resample import Codes

BLOCKS: Final = 1000
"""Random blocks that stand for the rows of data too large to hold, when they are resampled."""


@dataclass(frozen=True, slots=True)
class Sample:
    """``names``: the columns in the model's order, the outcome last. ``n``: rows used, ``effective``: Kish's, ``units``: independent ones
    among them. ``rows``, ``weight``, ``unit``: what was read (None when it is too large to hold). ``parts()`` gives the units' sums, a
    block at a time, in the same order every time. ``total``: their sum, when the engine has computed it. ``missing``: the share of blank
    rows by column. ``values``: how many different values the outcome has, 3 meaning more than two. ``least``, ``most``: of each column."""

    names: tuple[str, ...]
    n: int
    effective: float
    units: int
    standard: Standard
    parts: Callable[[], Iterator[Floats]]
    values: int
    least: Floats
    most: Floats
    missing: Mapping[str, float]
    set_aside: Mapping[str, int] = field(default_factory=dict)
    rows: Floats | None = None
    weight: Floats | None = None
    unit: Codes | None = None
    total: Floats | None = None

    @property
    def held(self) -> tuple[Floats, Floats]:
        """Rows and weights, for the methods that need them (:func:`gather` refuses those what it cannot hold)."""
        if self.rows is None or self.weight is None:
            raise TypeError("These rows were summed in the engine.")
        return self.rows, self.weight
