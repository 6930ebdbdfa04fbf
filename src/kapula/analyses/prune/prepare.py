"""From a table to whole rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kapula.analyses.columns import Floats, labels, read
from kapula.analyses.leading.times import days_of
from kapula.analyses.prune.moments import Ints
from kapula.analyses.prune.rows import Rows
from kapula.analyses.prune.settings import Settings
from kapula.errors import ParameterError


def prepare(table: Any, settings: Settings, filters: Any) -> Rows:
    """The rows with every figure and a weight above zero. Raises as :func:`kapula.analyses.columns.read`."""
    timed = (settings.seconds,) if isinstance(settings.seconds, str) else ()
    others = tuple(name for name in (settings.cluster, settings.time) if name)
    found = read(table, (*settings.figures, *timed), others=others, weight=settings.weight, filters=filters)
    figures = found.figures[:, : len(settings.figures)]
    if timed:
        _require_seconds(found.figures[:, -1], timed[0])
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
        _places(found.others[settings.time], settings.time) if settings.time else None,
        found.figures[:, -1] if timed else None,
        found.rows,
    ).where(whole)


def _units(column: pa.ChunkedArray) -> Ints:
    """Codes of clusters; a row without one stands for itself."""
    codes, values = labels(column)
    alone = codes < 0
    return np.where(alone, len(values) + np.cumsum(alone) - 1, codes)


def _places(column: pa.ChunkedArray, name: str) -> Floats:
    """Each row's place in time, −1 where blank; text is read as ISO days or periods. Raises :class:`~kapula.errors.ColumnTypeError` for
    other text: in the order of letters 10.2.2024 comes before 9.2.2024, and the folds would be no stretches of time."""
    codes, values = labels(column)
    if not values or not isinstance(values[0], str):
        return codes.astype(np.float64)
    days = np.array([day.toordinal() for day in days_of(values, name)[0]], dtype=np.float64)
    return np.where(codes >= 0, days[np.maximum(codes, 0)], -1.0)


def _require_seconds(seconds: Floats, name: str) -> None:
    """Raises :class:`~kapula.errors.ParameterError` for negative response times: no answer took less than nothing."""
    count = int((seconds < 0).sum())
    if count:
        raise ParameterError(
            f"The response time {name!r} is negative in {count} rows.",
            hint="Leave them blank, or mend what made them.",
            parameter="seconds",
            value=name,
        )
