"""Wide files into ``responses`` and ``comments``: one row is one answered questionnaire."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kapula.connectors.contract import ColumnPlan
from kapula.connectors.mapping.binding import Bound
from kapula.connectors.mapping.cell import Cell, Number, Text, Word
from kapula.connectors.mapping.table import Columns, Reason, TableMapper
from kapula.connectors.mapping.times import missing_date, occurred_at, time_cells
from kapula.connectors.mapping.vocabulary import LANGUAGES, PERSPECTIVES
from kapula.connectors.naming import code_of
from kapula.schema import ANSWER_PREFIX, ATTRIBUTE_PREFIX, RESPONSES

FIELDS = [field for field in RESPONSES if field.name not in ("id", "source", "received_at")]
COMMENTS = pa.schema([("external_id", pa.string()), ("question", pa.string()), ("text", pa.string())])
TEXT_ROLES = ("external_id", "customer", "account", "team", "touchpoint", "channel", "segment")
COMMENT_PREFIX = "comment_"


class ResponsesMapper(TableMapper):
    table = "responses"

    def __init__(self, bound: Bound) -> None:
        self._answers = [ANSWER_PREFIX + question_code(plan) for plan in bound.all("score")]
        self._comments = [question_code(plan) for plan in bound.all("comment")]
        self._attributes = [ATTRIBUTE_PREFIX + question_code(plan) for plan in bound.all("attribute")]
        answers = [pa.field(name, pa.float64()) for name in self._answers]
        attributes = [pa.field(name, pa.string()) for name in self._attributes]
        self.schema = pa.schema([*FIELDS, *answers, *attributes])
        super().__init__(bound)

    def cells(self) -> Sequence[Cell]:
        bound, reading, engine = self.bound, self.bound.reading, self.engine
        found: list[Cell] = [*self.texts(TEXT_ROLES), *time_cells(bound, engine)]
        if plan := bound.one("perspective"):
            found.append(Word(plan, "perspective", reading, engine, PERSPECTIVES, "unknown_perspective"))
        if plan := bound.one("language"):
            found.append(Word(plan, "language", reading, engine, LANGUAGES, None))
        if plan := bound.one("weight"):
            found.append(Number(plan, "weight", reading, engine))
        found += [Number(plan, ANSWER_PREFIX + question_code(plan), reading, engine) for plan in bound.all("score")]
        found += [Text(plan, COMMENT_PREFIX + question_code(plan), reading, engine) for plan in bound.all("comment")]
        return [*found, *attribute_cells(self)]

    def row_reasons(self, columns: Columns) -> Sequence[Reason]:
        return [*missing_date(self.bound, columns), *self._weights(columns), *self._empty(columns)]

    def rows(self, columns: Columns, ids: pa.Array, keep: pa.Array) -> tuple[pa.Table, pa.Table | None]:
        made = {
            "external_id": ids,
            "occurred_at": occurred_at(self.bound, columns),
            "perspective": pc.fill_null(
                columns.get("perspective"), str(self.bound.options.get("perspective") or "customer")
            ),
            "language": self._languages(columns),
            "weight": pc.fill_null(columns.get("weight", pa.float64()), 1.0),
        }
        arrays = [made[f.name] if f.name in made else columns.get(f.name, f.type) for f in self.schema]
        rows = pa.table(arrays, schema=self.schema).filter(keep)
        return rows, self._comment_rows(columns, ids, keep) if self._comments else None

    def _comment_rows(self, columns: Columns, ids: pa.Array, keep: pa.Array) -> pa.Table:
        parts = []
        for code in self._comments:
            texts = columns.get(COMMENT_PREFIX + code)
            said = pc.and_(texts.is_valid(), keep)
            kept = texts.filter(said)
            parts.append(pa.table([ids.filter(said), pa.array([code] * len(kept), pa.string()), kept], schema=COMMENTS))
        return pa.concat_tables(parts)

    def _languages(self, columns: Columns) -> pa.Array:
        default = self.bound.options.get("language")
        found = columns.get("language")
        return pc.fill_null(found, str(default)) if default else found

    def _weights(self, columns: Columns) -> list[Reason]:
        """A file without weights weighs each answer 1; in a file with them a blank or negative one is an error, not a guess."""
        plan = self.bound.one("weight")
        if plan is None:
            return []
        weights = columns.get("weight")
        wrong = pc.or_(pc.is_null(weights), pc.fill_null(pc.less(weights, 0), False)).to_numpy(zero_copy_only=False)
        return [(plan.column, "not_a_weight", wrong & ~columns.wrong("weight"))]

    def _empty(self, columns: Columns) -> list[Reason]:
        """Neither an answer nor a comment, though the plan has such columns."""
        outputs = [*self._answers, *(COMMENT_PREFIX + code for code in self._comments)]
        if not outputs:
            return []
        return [("", "empty_answer", np.logical_and.reduce([columns.null(output) for output in outputs]))]


def question_code(plan: ColumnPlan) -> str:
    return plan.question or code_of(plan.column)


def attribute_cells(mapper: TableMapper) -> list[Cell]:
    return [mapper.text(plan, ATTRIBUTE_PREFIX + question_code(plan)) for plan in mapper.bound.all("attribute")]
