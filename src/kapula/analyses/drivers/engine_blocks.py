"""A thousand random blocks of rows or clusters, streamed from where the data is, as sums for the resamples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import ibis
import numpy as np

from kapula.analyses.drivers.engine_passes import WEIGHT
from kapula.analyses.drivers.moments import Floats, Standard, packed, width
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.sample import BLOCKS
from kapula.tables import backend_of

CHUNK: Final = 250_000
UNIT: Final = "kapula_unit"


def blocks_of(complete: Any, names: tuple[str, ...], asked: Question, standard: Standard) -> Iterator[Floats]:
    """An empty part for every batch that has come (so that progress is told), then the sums of each block."""
    unit = complete[asked.cluster].hash() % BLOCKS if asked.cluster else ibis.null("int64")
    kept = [*names, *([WEIGHT] if asked.weight else []), *([UNIT] if asked.cluster else [])]
    wanted = complete.mutate(**{UNIT: unit.cast("int64")}).select(*kept)
    random = np.random.default_rng([asked.seed, 1])
    sums = np.zeros((BLOCKS, len(names) + 1, len(names) + 1))
    for batch in backend_of(wanted).to_pyarrow_batches(wanted, chunk_size=CHUNK):
        rows, weight, known = _batch(batch, len(names), asked)
        drawn = random.integers(0, BLOCKS, size=batch.num_rows)
        if known is not None:
            drawn = np.where(np.isnan(known), drawn, np.mod(np.nan_to_num(known), BLOCKS)).astype(np.int64)
        _add(sums, rows, weight, drawn, standard)
        yield np.empty((0, width(len(names))))
    yield np.array([packed(square) for square in sums]).reshape(BLOCKS, width(len(names)))


def _batch(batch: Any, count: int, asked: Question) -> tuple[Floats, Floats, Floats | None]:
    """Rows, weights, and the clusters' blocks where there are clusters."""
    found = [np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64) for column in batch.columns]
    weight = found[count] if asked.weight else np.ones(batch.num_rows)
    return np.column_stack(found[:count]), weight, found[-1] if asked.cluster else None


def _add(sums: Floats, rows: Floats, weight: Floats, block: Any, standard: Standard) -> None:
    """The rows' products to their blocks: one small matrix product for each."""
    ones = np.column_stack([np.ones(len(rows)), (rows - standard.centre) / standard.spread])
    order = np.argsort(block, kind="stable")
    ones, weighted = ones[order], ones[order] * weight[order, None]
    ends = np.searchsorted(block[order], np.arange(BLOCKS + 1))
    for place in range(BLOCKS):
        own = slice(ends[place], ends[place + 1])
        sums[place] += ones[own].T @ weighted[own]
