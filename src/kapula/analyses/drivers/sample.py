"""The rows a question is answered from, as sums: of all of them, and of each resample."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.columns import Read, checked, read
from kapula.analyses.drivers.moments import Floats, Standard, standard_of
from kapula.analyses.drivers.request import Question, refused
from kapula.analyses.drivers.resample import Codes, blocks
from kapula.measures.engine.periods import filtered
from kapula.tables import as_table, fetch

IN_MEMORY: Final = 40_000_000
"""Numbers that are read into memory (320 MB); what is larger is summed in the engine and streamed for its resamples."""

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


def gather(table: Any, asked: Question, filters: Any) -> Sample:
    """Reads what fits in memory; sums in the engine what does not (methods that need the rows refuse it)."""
    names = (*asked.columns, asked.outcome)
    others = (asked.cluster,) if asked.cluster and asked.cluster not in names else ()
    table = filtered(as_table(table), filters)
    for player in asked.players:
        if player.name in table.columns and player.name not in player.columns:
            told = f"{player.name!r} is a column and the name of a group without it."
            raise refused("groups", told, "Give the group another name.", player.name)
    height = int(fetch(table.aggregate(rows=table.count()))["rows"][0].as_py())
    if height * (len(names) + 2) <= IN_MEMORY:
        return in_memory(read(table, names, others=others, weight=asked.weight), asked)
    if asked.method in ("shapley_logit", "penalty_reward") or asked.missing == "impute":
        told = asked.method if asked.missing == "listwise" else "missing='impute'"
        raise refused(
            "method",
            f"{told} needs the rows in memory, and there are {height}.",
            "Filter or sample the rows, or use lmg.",
            height,
        )
    from kapula.analyses.drivers.engine import summed

    return summed(checked(table, names, others=others, weight=asked.weight), names, asked, height)


def in_memory(found: Read, asked: Question) -> Sample:
    """The rows with every answer; for imputation, the rows with an outcome and one answer or more."""
    blank = np.isnan(found.figures)
    keep = found.complete
    if asked.missing == "impute":
        keep = np.logical_not(blank[:, -1] | blank[:, :-1].all(axis=1))
        keep = keep if found.weight is None else keep & (found.weight > 0)
    rows = found.figures[keep]
    weight = np.ones(len(rows)) if found.weight is None else found.weight[keep]
    unit, units = _units(found, asked.cluster, keep)
    nothing = np.zeros(rows.shape[1])
    standard = Standard(nothing, nothing + 1) if not len(rows) or np.isnan(rows).any() else standard_of(rows, weight)
    missing = blank.mean(axis=0) if len(blank) else nothing
    return Sample(
        names=found.names, n=len(rows), effective=float(weight.sum() ** 2 / (weight @ weight)) if len(rows) else 0.0,
        units=units, standard=standard, parts=lambda: blocks(rows, weight, unit, standard), values=_several(rows[:, -1]),
        least=np.fmin.reduce(rows) if len(rows) else nothing, most=np.fmax.reduce(rows) if len(rows) else nothing,
        missing=dict(zip(found.names, missing.tolist(), strict=True)), set_aside=_set_aside(found, blank, keep),
        rows=rows, weight=weight, unit=unit,
    )  # fmt: skip


def _several(values: Floats) -> int:
    """1, 2, or 3 for more different values."""
    if not len(values):
        return 0
    least, most = values.min(), values.max()
    return int(least < most) + 1 if ((values == least) | (values == most)).all() else 3


def _set_aside(found: Read, blank: NDArray[np.bool_], keep: NDArray[np.bool_]) -> dict[str, int]:
    """Rows not used, each counted once under its first reason."""
    no_weight = np.zeros(found.rows, dtype=bool) if found.weight is None else found.weight <= 0
    reasons = {"no_outcome": blank[:, -1], "no_weight": no_weight, "blank": np.logical_not(keep)}
    told: dict[str, int] = {}
    left = np.ones(found.rows, dtype=bool)
    for reason, rows in reasons.items():
        told[reason] = int((rows & left).sum())
        left &= np.logical_not(rows)
    return {reason: count for reason, count in told.items() if count}


def _units(found: Read, cluster: str | None, keep: NDArray[np.bool_]) -> tuple[Codes | None, int]:
    """Codes 0, 1, … of the clusters of the kept rows; a row without a cluster is one of its own."""
    if cluster is None:
        return None, int(keep.sum())
    if cluster in found.names:
        values = found.figures[keep, found.names.index(cluster)]
        _, codes = np.unique(values, return_inverse=True)
        return codes.astype(np.int64), len(np.unique(codes))
    encoded = found.others[cluster].combine_chunks().dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)[keep]
    alone = np.flatnonzero(codes < 0)
    codes[alone] = len(encoded.dictionary) + np.arange(len(alone))
    _, codes = np.unique(codes, return_inverse=True)
    return codes.astype(np.int64), int(codes.max()) + 1 if len(codes) else 0
