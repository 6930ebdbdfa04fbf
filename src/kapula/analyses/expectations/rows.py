"""The answers as arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.expectations.clock import LEAST_IN_PERIOD

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Arrays of one length: ``score``, ``performance`` (rows, columns), ``expectation`` (NaN where blank, None when
    not asked), weight ``w``,
    ``period`` 0 … T − 1, ``cluster``, the controls ``mix`` (codes). ``times``: each period's mean time in years from
    the first. ``labels``: their
    names. ``set_aside``: rows left out, by reason. ``series``: of one row a time; ``seen``: periods, with those too small; ``floor``:
    answers a period must have; ``unit``: of a counted time; ``warnings``: of how the time was read."""

    score: Floats
    performance: Floats
    expectation: Floats | None
    w: Floats
    period: Ints
    cluster: Ints
    mix: tuple[Ints, ...]
    times: Floats
    labels: tuple[str, ...]
    grain: str | None
    set_aside: dict[str, int]
    series: bool = False
    seen: int = 0
    floor: int = LEAST_IN_PERIOD
    unit: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def periods(self) -> int:
        return len(self.labels)

    @property
    def given(self) -> int:
        """Whole answers with a time, those in periods too small too."""
        return len(self.score) + self.set_aside.get("small_period", 0)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what."""

    score: str
    performance: tuple[str, ...]
    time: str
    expectation: str | None
    mix: tuple[str, ...]
    weight: str | None
    cluster: str | None


def only(rows: Rows, kept: NDArray[np.bool_]) -> Rows:
    """Some of the rows, in the same periods."""
    expectation = None if rows.expectation is None else rows.expectation[kept]
    return replace(
        rows, score=rows.score[kept], performance=rows.performance[kept], expectation=expectation, w=rows.w[kept], period=rows.period[kept],
        cluster=np.unique(rows.cluster[kept], return_inverse=True)[1], mix=tuple(codes[kept] for codes in rows.mix),
    )  # fmt: skip
