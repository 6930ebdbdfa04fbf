"""Typed Arrow columns as text cells: numbers without needless decimals, real dates in ISO 8601."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def as_text(column: pa.Array) -> pa.Array:
    """An Arrow column of any plain type as text cells."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_text(column.dictionary_decode())
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return column.cast(pa.string())
    if pa.types.is_boolean(kind):
        return pc.if_else(column, "1", "0")
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return float_text(column.cast(pa.float64()))
    if pa.types.is_timestamp(kind):
        return timestamp_text(column)
    if pa.types.is_date(kind) or pa.types.is_time(kind) or pa.types.is_integer(kind):
        return column.cast(pa.string())
    return pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())


def float_text(column: pa.Array) -> pa.Array:
    """Whole floats as whole numbers; others in the shortest form that reads back the same, never with an exponent."""
    values = np.asarray(column.to_numpy(zero_copy_only=False), dtype=float)
    finite = np.isfinite(values)
    whole = finite & (values == np.rint(values)) & (np.abs(values) < 1e15)
    result: np.ndarray[Any, Any] = np.full(len(values), None, dtype=object)
    result[whole] = values[whole].astype(np.int64).astype(str)
    rest = finite & ~whole
    result[rest] = [np.format_float_positional(value, trim="-") for value in values[rest]]
    return pa.array(result, pa.string())


def timestamp_text(column: pa.Array) -> pa.Array:
    """Midnight as a bare date; a time zone is given as Z."""
    zoned = column.type.tz is not None
    moments = column.cast(pa.timestamp("us", tz="UTC" if zoned else None))
    texts = pc.strftime(moments, format="%Y-%m-%dT%H:%M:%SZ" if zoned else "%Y-%m-%d %H:%M:%S")
    texts = pc.replace_substring_regex(texts, r"\.0+(Z?)$", r"\1")
    return texts if zoned else pc.replace_substring(texts, " 00:00:00", "")
