"""A Qualtrics export's rows: question texts as labels, previews and tests as rejected rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kapula.connectors.contract import RejectedRow
from kapula.connectors.naming import clean_name, find
from kapula.connectors.source import Field, Note, RawBatch, Source

TESTS = ("survey preview", "survey test", "1", "2")
"""Status of answers that no customer gave, as text and as Qualtrics' numbers."""


class QualtricsSource:
    def __init__(self, source: Source) -> None:
        self._source = source
        texts = source.more[0] if source.more else ()
        self.fields: tuple[Field, ...] = tuple(
            replace(field, label=clean_name(texts[i]) if i < len(texts) else None)
            for i, field in enumerate(source.fields)
        )
        self.notes: tuple[Note, ...] = (*source.notes, ("header_rows_3", ""))
        self.options: dict[str, Any] = {k: v for k, v in source.options.items() if k != "header_rows"}
        self.more = source.more
        self._status = find("Status", [field.name for field in source.fields])

    def batches(self, batch_rows: int) -> Iterator[RawBatch]:
        for raw in self._source.batches(batch_rows):
            yield self._without_tests(raw) if self._status else raw

    def _without_tests(self, raw: RawBatch) -> RawBatch:
        status = pc.utf8_lower(pc.utf8_trim_whitespace(raw.table[self._status]))
        test = pc.fill_null(pc.is_in(status, pa.array(TESTS)), False)
        rejected = [
            RejectedRow(
                number,
                {k: v or None for k, v in row.items()},
                ((self._status or "", "test_answer", row[self._status]),),
            )
            for number, row in zip(
                raw.numbers.filter(test.combine_chunks()).to_pylist(), raw.table.filter(test).to_pylist(), strict=True
            )
        ]
        kept = pc.invert(test)
        return replace(
            raw,
            table=raw.table.filter(kept),
            numbers=raw.numbers.filter(kept.combine_chunks()),
            rejected=(*raw.rejected, *rejected),
        )
