"""From a table to whole rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kapula.analyses.columns import labels, read
from kapula.analyses.prune.moments import Ints
from kapula.analyses.prune.rows import Rows
from kapula.analyses.prune.settings import Settings


def prepare(table: Any, settings: Settings, filters: Any) -> Rows:
    """The rows with every figure and a weight above zero. Raises as :func:`kapula.analyses.columns.read`."""
    timed = (settings.seconds,) if isinstance(settings.seconds, str) else ()
    others = tuple(name for name in (settings.cluster, settings.time) if name)
    found = read(table, (*settings.figures, *timed), others=others, weight=settings.weight, filters=filters)
    figures = found.figures[:, : len(settings.figures)]
    whole: NDArray[np.bool_] = np.logical_not(np.isnan(figures).any(axis=1))
    if found.weight is not None:
        whole &= found.weight > 0
    if settings.time:
        whole &= np.logical_not(found.others[settings.time].is_null().to_numpy(zero_copy_only=False))
    return Rows(
        settings.figures,
        figures,
        np.ones(found.rows) if found.weight is None else found.weight,
        _units(found.others[settings.cluster]) if settings.cluster else np.arange(found.rows),
        labels(found.others[settings.time])[0].astype(np.float64) if settings.time else None,
        found.figures[:, -1] if timed else None,
        found.rows,
    ).where(whole)


def _units(column: pa.ChunkedArray) -> Ints:
    """Codes of clusters; a row without one stands for itself."""
    codes, values = labels(column)
    alone = codes < 0
    return np.where(alone, len(values) + np.cumsum(alone) - 1, codes)
