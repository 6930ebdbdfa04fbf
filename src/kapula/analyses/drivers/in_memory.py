"""A sample of data that fits in memory: its rows, weights and clusters, and what was set aside."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from kapula.analyses.columns import Read
from kapula.analyses.drivers.moments import Floats, Standard, standard_of
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.resample import Codes, blocks
from kapula.analyses.drivers.sample import Sample
from kapula.analyses.row_order import row_order


def in_memory(found: Read, asked: Question) -> Sample:
    """The rows with every answer; for imputation, the rows with an outcome and one answer or more."""
    blank = np.isnan(found.figures)
    keep = found.complete
    if asked.missing == "impute":
        keep = np.logical_not(blank[:, -1] | blank[:, :-1].all(axis=1))
        keep = keep if found.weight is None else keep & (found.weight > 0)
    rows, weight, unit = _ordered(found, asked.cluster, keep)
    units = len(rows) if unit is None else int(unit.max(initial=-1)) + 1
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


def _ordered(found: Read, cluster: str | None, keep: NDArray[np.bool_]) -> tuple[Floats, Floats, Codes | None]:
    """The kept rows in an order of their own (by cluster, outcome, drivers and weight), their weights, and their clusters' codes 0, 1, …;
    a row without a cluster is one of its own."""
    rows = found.figures[keep]
    weight = np.ones(len(rows)) if found.weight is None else found.weight[keep]
    codes = None if cluster is None else _codes(found, cluster)[keep]
    keys = (rows[:, -1], *rows[:, :-1].T, weight)
    order = row_order(keys if codes is None else (codes, *keys), len(rows))
    rows, weight = rows[order], weight[order]
    if codes is None:
        return rows, weight, None
    codes = codes[order]
    alone = np.flatnonzero(codes < 0)
    codes[alone] = codes.max(initial=-1) + 1 + np.arange(len(alone))
    return rows, weight, np.unique(codes, return_inverse=True)[1].astype(np.int64)


def _codes(found: Read, cluster: str) -> Codes:
    """The clusters' places among their sorted names, −1 where blank."""
    if cluster in found.names:
        return np.unique(found.figures[:, found.names.index(cluster)], return_inverse=True)[1].astype(np.int64)
    encoded = found.others[cluster].combine_chunks().dictionary_encode()
    names = np.argsort(pc.sort_indices(encoded.dictionary).to_numpy())
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return np.where(codes < 0, -1, np.append(names, 0)[codes])
