"""Long files turned wide: one row is one answer to one question; the rows of a respondent become one row.

Rows of a respondent may stand anywhere in the file, so the answers are gathered in an on-disk DuckDB table first. The plan says in
``options["questions"]`` what each question is: a list of column plans whose ``column`` is the question as in the file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from kapula.connectors.contract import ColumnPlan, Plan, RejectedRow
from kapula.connectors.errors import NoRowsError, PlanError
from kapula.connectors.mapping.binding import Bound, bind
from kapula.connectors.mapping.cells import quoted
from kapula.connectors.mapping.engine import trimmed_cells
from kapula.connectors.naming import name_key
from kapula.connectors.source import Field, Mended, Note, RawBatch, Source


def questions_of(plan: Plan) -> tuple[ColumnPlan, ...]:
    """The declared questions of a long plan."""
    listed: Any = plan.options.get("questions") or []
    return tuple(ColumnPlan(**{**item, "missing": tuple(item.get("missing", ()))}) for item in listed)


def widened(plan: Plan) -> Plan:
    """The plan for the turned file: the respondent's own columns, then a column for each question."""
    own = [column for column in plan.columns if column.role not in ("question", "answer", "ignore")]
    options = {key: value for key, value in plan.options.items() if key != "questions"}
    return Plan(plan.connector, "wide", (*own, *questions_of(plan)), options)


class WideSource:
    """A long source seen as a wide one."""

    def __init__(self, source: Source, plan: Plan, file: str) -> None:
        self._source = source
        self._bound: Bound = bind(plan, [field.name for field in source.fields], file)
        self._file = file
        self._question, self._answer = (self._need(role) for role in ("question", "answer"))
        who = self._bound.one("external_id") or self._bound.one("customer")
        self._who = who.column if who else None
        self._questions = questions_of(plan)
        self._mended: list[Mended] = []
        self._own = [name for name in self._bound.columns if name not in (self._question, self._answer)]
        self.fields: tuple[Field, ...] = tuple(
            Field(name) for name in [*self._own, *(q.column for q in self._questions)]
        )
        self.more: tuple[tuple[str, ...], ...] = ()
        self.notes: tuple[Note, ...] = source.notes
        self.options = source.options

    def batches(self, batch_rows: int) -> Iterator[RawBatch]:
        with tempfile.TemporaryDirectory(prefix="kapula-") as folder:
            connection = duckdb.connect(str(Path(folder) / "long.duckdb"))
            try:
                connection.execute("SET memory_limit = '512MB'")
                rejected = self._gather(connection, batch_rows)
                yield from self._turn(connection, batch_rows, rejected)
            finally:
                connection.close()

    def _need(self, role: str) -> str:
        plan = self._bound.one(role)
        if plan is None:
            raise PlanError(
                f"A long file needs a column for {role}.", hint="Give one the role.", role=role, shape="long"
            )
        return plan.column

    def _gather(self, connection: duckdb.DuckDBPyConnection, batch_rows: int) -> list[RejectedRow]:
        """All answers on disk; the rows of undeclared questions are rejected."""
        known = pa.array([name_key(q.column) for q in self._questions], pa.string())
        rejected: list[RejectedRow] = []
        made = False
        for raw in self._source.batches(batch_rows):
            rejected += raw.rejected
            self._mended += raw.mended
            cells = {
                name: trimmed_cells(column) for name, column in zip(self._bound.columns, raw.table.columns, strict=True)
            }
            asked = cells[self._question].to_pylist()
            keys = pa.array([None if text is None else name_key(text) for text in asked], pa.string())
            rejected += self._undeclared(raw, keys, set(known.to_pylist()))
            stretch = pa.table({**cells, "_number": raw.numbers, "_key": keys})
            connection.register("_stretch", stretch)
            verb = "INSERT INTO answers" if made else "CREATE TABLE answers AS"
            connection.execute(f"{verb} SELECT * FROM _stretch")
            connection.unregister("_stretch")
            made = True
        if not made:
            raise NoRowsError(f"{self._file} has no rows.", hint="Export it with its rows.", file=self._file)
        return rejected

    def _undeclared(self, raw: RawBatch, keys: pa.Array, known: set[str]) -> list[RejectedRow]:
        at = [i for i, key in enumerate(keys.to_pylist()) if key not in known]
        rows = raw.table.take(pa.array(at, pa.int64())).to_pylist()
        numbers = raw.numbers.take(pa.array(at, pa.int64())).to_pylist()
        return [
            RejectedRow(
                number,
                {k: v or None for k, v in row.items()},
                ((self._question, "unknown_question", row[self._question] or ""),),
            )
            for number, row in zip(numbers, rows, strict=True)
        ]

    def _turn(
        self, connection: duckdb.DuckDBPyConnection, batch_rows: int, rejected: list[RejectedRow]
    ) -> Iterator[RawBatch]:
        """One row a respondent, in the order of their first answers; a question answered twice keeps the later answer."""
        group = quoted(self._who) if self._who else "_number"
        own = "".join(
            f", first({quoted(name)} ORDER BY _number) FILTER ({quoted(name)} IS NOT NULL) AS {quoted(name)}"
            for name in self._own
            if name != self._who
        )
        own = (f", {group} AS {quoted(self._who)}" if self._who else "") + own
        answers = "".join(
            f", last({quoted(self._answer)} ORDER BY _number) FILTER (_key = ?) AS {quoted(q.column)}"
            for q in self._questions
        )
        keys = [name_key(q.column) for q in self._questions]
        marks = ", ".join("?" for _ in keys) or "NULL"
        connection.execute(
            f"CREATE TABLE wide AS SELECT min(_number) AS _number{own}{answers} FROM answers WHERE _key IN ({marks}) "
            f"GROUP BY {group} ORDER BY 1",
            [*keys, *keys],
        )
        total = int(connection.execute("SELECT count(*) FROM wide").fetchall()[0][0])
        reader = connection.execute("SELECT * FROM wide ORDER BY _number").to_arrow_reader(batch_rows)
        done = 0
        for piece in reader:
            table = pa.Table.from_batches([piece])
            done += table.num_rows
            names = [field.name for field in self.fields]
            cells = pa.table({name: table[name].cast(pa.string()) for name in names})
            yield RawBatch(cells, table["_number"].combine_chunks(), tuple(rejected), done, total, self._told())
            rejected = []
        if rejected or self._mended:
            empty = pa.table({field.name: pa.array([], pa.string()) for field in self.fields})
            yield RawBatch(empty, pa.array([], pa.int64()), tuple(rejected), total, total, self._told())

    def _told(self) -> tuple[Mended, ...]:
        mended, self._mended = tuple(self._mended), []
        return mended


def declared(question: str, plan: ColumnPlan) -> dict[str, Any]:
    """A question's plan as it stands in ``options["questions"]``."""
    return replace(plan, column=question).to_dict()
