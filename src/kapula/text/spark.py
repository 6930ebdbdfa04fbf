"""Reading comments where they are: for ``DataFrame.mapInArrow`` of Spark, batch by batch, on as many machines as there are.

>>> frame.mapInArrow(reader("comment"), schema(frame.schema))  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kapula.text.codebook import Codebook, default
from kapula.text.contract import SCHEMA

if TYPE_CHECKING:
    from pyspark.sql.types import StructType

PREFIX = "text_"


def reader(
    column: str,
    codebook: Codebook | None = None,
    languages: Sequence[str] = ("fi", "sv", "en"),
    tier: str = "careful",
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A function of record batches: each comes back with ``contract.SCHEMA``'s columns added, their names after ``text_``.

    ``column``: the comments. Each worker reads the networks from its own installation of Kapula, once.
    """
    chosen = codebook or default()

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from kapula.text.reading import analyse

        for batch in batches:
            told = analyse(batch.column(column).to_pylist(), chosen, languages, tier)
            columns = [one.combine_chunks() for one in told.columns]
            names = [PREFIX + name for name in told.column_names]
            fields = [*batch.schema, *(pa.field(name, one.type) for name, one in zip(names, columns, strict=True))]
            yield pa.RecordBatch.from_arrays(
                [*batch.columns, *map(_plain, columns)], schema=pa.schema(map(_field, fields))
            )

    return read


def schema(frame: StructType) -> Any:
    """The columns of a frame that has been read: its own, then those added."""
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType as Struct

    added = from_arrow_schema(pa.schema([_field(pa.field(PREFIX + one.name, one.type)) for one in SCHEMA]))
    return Struct([*frame.fields, *added.fields])


def _field(field: pa.Field) -> pa.Field:
    return field.with_type(_kind(field.type))


def _kind(kind: pa.DataType) -> pa.DataType:
    """Spark knows lists but none of a fixed size."""
    if pa.types.is_fixed_size_list(kind) or pa.types.is_list(kind):
        return pa.list_(_kind(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([_field(kind.field(i)) for i in range(kind.num_fields)])
    return kind


def _plain(column: pa.Array) -> pa.Array:
    wanted = _kind(column.type)
    return column if wanted == column.type else pa.array(column.to_pylist(), wanted)
