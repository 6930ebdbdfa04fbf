"""Rows on their way to a canonical table: named NumPy columns of one length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Block = dict[str, npt.NDArray[Any]]
"""Column name → values. Text columns are object arrays with None, answers float64 with NaN, moments datetime64[us] in UTC."""


def length(block: Block) -> int:
    return len(next(iter(block.values())))


def texts(values: Sequence[str | None], index: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Labels of codes; a negative code has none."""
    labels = np.array([*values, None], dtype=object)
    return np.asarray(labels[np.where(index < 0, len(values), index)])


def constant(value: str | None, n: int) -> npt.NDArray[Any]:
    return np.full(n, value, dtype=object)


def take(block: Block, index: npt.NDArray[Any]) -> Block:
    return {name: values[index] for name, values in block.items()}


def stack(blocks: Sequence[Block]) -> Block:
    """Blocks one after another; a column that one of them lacks is blank there."""
    names = list(dict.fromkeys(name for block in blocks for name in block))
    return {name: np.concatenate([_column(block, name) for block in blocks]) for name in names}


def _column(block: Block, name: str) -> npt.NDArray[Any]:
    if name in block:
        return block[name]
    n = length(block)
    return np.full(n, np.nan) if name.startswith("answer_") else constant(None, n)


def to_table(block: Block, schema: pa.Schema) -> pa.Table:
    """An Arrow table with the schema's columns that the block has, in the schema's order, then the others as float64 or text."""
    known = [field for field in schema if field.name in block]
    extra = [name for name in block if name not in schema.names]
    arrays = [_array(block[field.name], field.type) for field in known]
    arrays += [_array(block[name], pa.float64() if name.startswith("answer_") else pa.string()) for name in extra]
    return pa.table(arrays, names=[field.name for field in known] + extra)


def _array(values: npt.NDArray[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind):
        return pa.array(values.astype("datetime64[us]"), type=pa.timestamp("us")).cast(kind)
    return pa.array(values, type=kind, from_pandas=True)
