"""A batch of a connector → rows as the staging tables hold them, by DuckDB: no Python per row."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from kapula.connectors.contract import Batch
from kapula.schema import ANSWER_PREFIX, ATTRIBUTE_PREFIX
from kapula_web.ledger.imports.targets import Column, Target

_CODED = ("team", "touchpoint")


@dataclass(slots=True)
class Codes:
    """The codes of teams or touchpoints, by their lower-case form: one spelling for each, that of the ledger or the file's first."""

    known: dict[str, str] = field(default_factory=dict)
    limit: int = 80

    def one_spelling(self, column: pa.ChunkedArray) -> pa.ChunkedArray:
        encoded = column.combine_chunks().dictionary_encode()
        spelled = [
            self.known.setdefault(text.casefold(), text) if text else None for text in encoded.dictionary.to_pylist()
        ]
        return pa.chunked_array([pa.array(spelled, pa.string()).take(encoded.indices)])


class Shaper:
    """``merging``: members of JSON objects that the file leaves blank are written as null, so that they replace an older value."""

    def __init__(self, target: Target, *, merging: bool, codes: dict[str, Codes]) -> None:
        self.target, self.merging, self.codes = target, merging, codes
        self.con = duckdb.connect(config={"threads": 2, "memory_limit": "256MB"})

    def close(self) -> None:
        self.con.close()

    def rows(self, batch: Batch, first: int) -> pa.Table:
        """The staged rows, numbered from ``first``."""
        source = self._plain(batch.rows)
        sequence = pa.array(range(first, first + source.num_rows), pa.int64())
        source = source.append_column("seq", sequence)
        self.con.register("batch", source)
        picked = ", ".join(f"{self._value(column, source)} AS {column.name}" for column in self.target.columns)
        # Where the table itself has the file's identity, it is not kept twice.
        if "external_id" in source.column_names and "external_id" not in self.target.key:
            picked += ", external_id AS file_id"
        try:
            return self.con.execute(f"SELECT seq, {picked} FROM batch ORDER BY seq").fetch_arrow_table()
        finally:
            self.con.unregister("batch")

    def comments(self, batch: Batch, first: int) -> pa.Table | None:
        """The staged comments, each with the number of its row."""
        if batch.comments is None or not batch.comments.num_rows:
            return None
        sequence = pa.array(range(first, first + batch.rows.num_rows), pa.int64())
        self.con.register("owners", pa.table({"external_id": batch.rows["external_id"], "seq": sequence}))
        self.con.register("comments", batch.comments)
        sql = "SELECT seq, question, text FROM comments JOIN owners USING (external_id) ORDER BY seq"
        try:
            return self.con.execute(sql).fetch_arrow_table()
        finally:
            self.con.unregister("owners")
            self.con.unregister("comments")

    def _plain(self, rows: pa.Table) -> pa.Table:
        """Times without their zone (they are UTC), and one spelling for each team and touchpoint."""
        for index, name in enumerate(rows.column_names):
            column = rows[name]
            if pa.types.is_timestamp(column.type):
                rows = rows.set_column(index, name, pc.cast(column, pa.timestamp("us")))
            elif name in _CODED and name in self.codes:
                rows = rows.set_column(index, name, self.codes[name].one_spelling(column))
        return rows

    def _value(self, column: Column, rows: pa.Table) -> str:
        if column.kind == "merged":
            return self._object(column, rows)
        if column.name not in rows.column_names:
            return "NULL"
        if column.kind in {"time", "day"}:
            return f"CAST({column.name} AS VARCHAR)"
        return column.name

    def _object(self, column: Column, rows: pa.Table) -> str:
        prefix = ANSWER_PREFIX if column.name == "answers" else ATTRIBUTE_PREFIX
        names = [name for name in rows.column_names if name.startswith(prefix)]
        if not names:
            return f"coalesce(CAST({column.name} AS VARCHAR), '{{}}')" if column.name in rows.column_names else "'{}'"
        members = [self._member(name, name.removeprefix(prefix), number=column.name == "answers") for name in names]
        return f"'{{' || concat_ws(',', {', '.join(members)}) || '}}'"

    def _member(self, name: str, key: str, *, number: bool) -> str:
        source = '"' + name.replace('"', '""') + '"'
        label = f"to_json({_literal(key)})::VARCHAR || ':'"
        # Whole numbers without ".0": the same answer must always be the same text, whatever column type it came in.
        whole = f"CASE WHEN {source} = round({source}) AND abs({source}) < 1e15 THEN CAST(CAST({source} AS BIGINT) AS VARCHAR)"
        value = f"{whole} ELSE CAST({source} AS VARCHAR) END" if number else f"to_json(nullif({source}, ''))::VARCHAR"
        return f"{label} || coalesce({value}, 'null')" if self.merging else f"{label} || {value}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
