"""The columns an analysis reads, checked before anything is computed: named once, there, numbers where numbers are due, and finite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr import types as ir
from numpy.typing import NDArray

from kapula.errors import NotFiniteError, ParameterError
from kapula.measures.engine.infinite import LARGEST, infinite
from kapula.measures.engine.periods import filtered
from kapula.measures.engine.request import wrong_type
from kapula.schema import require
from kapula.tables import as_table, fetch

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """``figures``: (rows, columns) in the order asked, NaN where blank. ``weight``: (rows,), or None. ``others``: the other columns as
    Arrow arrays by name, null where blank. ``rows``: how many there are."""

    names: tuple[str, ...]
    figures: Floats
    weight: Floats | None
    others: dict[str, pa.ChunkedArray]

    @property
    def rows(self) -> int:
        return len(self.figures)

    @property
    def complete(self) -> NDArray[np.bool_]:
        """The rows with every figure, and a weight above zero where there are weights."""
        whole: NDArray[np.bool_] = np.logical_not(np.isnan(self.figures).any(axis=1))
        return whole if self.weight is None else np.logical_and(whole, self.weight > 0)


def checked(
    data: Any,
    figures: Sequence[str],
    *,
    others: Sequence[str] = (),
    weight: str | None = None,
    filters: Any = None,
    lists: Sequence[str] = (),
    largest: float = LARGEST,
) -> ir.Table:
    """The filtered table with just these columns: figures and weight as float64 (a true answer is 1), the others as they are.

    ``filters`` is as in :func:`kapula.measure`. ``lists``: those of the others that may hold lists. ``largest``: what can be
    computed with. Raises
    :class:`~kapula.errors.ParameterError` for a column named twice, :class:`~kapula.errors.UnknownColumnError`,
    :class:`~kapula.errors.ColumnTypeError` for text among the figures and lists or records among the others, and
    :class:`~kapula.errors.NotFiniteError` naming column and count for infinite values and those beyond ``largest``; a NaN is a blank.
    """
    doubled = sorted({name for name in figures if list(figures).count(name) > 1})
    if doubled:
        raise ParameterError(
            f"The column {doubled[0]!r} is named twice.",
            hint="Name each column once.",
            parameter="columns",
            value=doubled,
        )
    table = as_table(data)
    wanted = [*figures, *([weight] if weight else [])]
    require(table.columns, [*wanted, *others])
    for name in wanted:
        kind = table.schema()[name]
        if not (kind.is_numeric() or kind.is_boolean()):
            raise wrong_type(table, name, "number")
    for name in others:
        if table.schema()[name].is_nested() and name not in lists:
            raise wrong_type(table, name, "one value a row")
    table = filtered(table, filters)
    table = table.select(
        **{name: _number(table[name]) for name in wanted},
        **{name: table[name] for name in dict.fromkeys(others) if name not in wanted},
    )
    _refuse_infinite(table, wanted, largest)
    return table


def read(
    data: Any,
    figures: Sequence[str],
    *,
    others: Sequence[str] = (),
    weight: str | None = None,
    filters: Any = None,
    largest: float = LARGEST,
) -> Read:
    """The columns in memory, after the checks of :func:`checked`. Raises :class:`~kapula.errors.ParameterError` for a negative weight."""
    table = fetch(checked(data, figures, others=others, weight=weight, filters=filters, largest=largest))
    values = [_floats(table[name]) for name in figures]
    matrix = np.column_stack(values) if values else np.empty((table.num_rows, 0))
    weights = _floats(table[weight]) if weight else None
    if weights is not None:
        if (weights < 0).any():
            raise ParameterError(
                f"The weight {weight!r} is negative in {int((weights < 0).sum())} rows.",
                hint="Weights are zero or more.",
                parameter="weight",
                value=weight,
            )
        weights = np.nan_to_num(weights)
    return Read(tuple(figures), matrix, weights, {name: table[name] for name in others})


def _number(column: Any) -> Any:
    number = column.cast("float64")
    # Not nullif: DuckDB takes a Parquet column's statistics to say that no value equals NaN, and leaves them.
    return number.isnan().ifelse(ibis.null("float64"), number) if column.type().is_floating() else number


def _refuse_infinite(table: ir.Table, names: Sequence[str], largest: float) -> None:
    if not names:
        return
    found = {name: infinite(table[name], largest).cast("int64").sum() for name in names}
    counts = fetch(table.aggregate(**found)).to_pylist()[0]
    what = "infinite values" if largest > LARGEST else f"values that are infinite or beyond {largest:g}"
    for name in names:
        if counts[name]:
            raise NotFiniteError(
                f"The column {name!r} has {counts[name]} {what}.",
                hint="Leave them blank, or mend what made them.",
                column=name,
                count=int(counts[name]),
            )


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)


def labels(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], list[Any]]:
    """Codes 0, 1, … of the sorted values of a column, −1 where blank; and the values."""
    values = sorted(
        (value for value in column.unique().to_pylist() if value is not None), key=lambda v: (str(type(v)), v)
    )
    code = {value: place for place, value in enumerate(values)}
    encoded = column.combine_chunks().dictionary_encode()
    places = np.array([code.get(value, -1) for value in encoded.dictionary.to_pylist()] or [-1], dtype=np.int64)
    indices = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return np.where(indices < 0, -1, places[np.maximum(indices, 0)]), values


def text(value: Any) -> str:
    """A group's value as its name: a whole number that a file gave as 2023.0 is 2023."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
