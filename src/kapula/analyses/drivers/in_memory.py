"""A sample of data that fits in memory: its rows, weights and clusters, and what was set aside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.columns import Read
from kapula.analyses.drivers.moments import Floats, Standard, standard_of
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.resample import Codes, blocks
from kapula.analyses.drivers.sample import Sample


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
