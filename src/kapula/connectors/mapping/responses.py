"""Wide files into ``responses`` and ``comments``: one row is one answered questionnaire."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from kapula.connectors.contract import ColumnPlan
from kapula.connectors.mapping.binding import Bound
from kapula.connectors.mapping.cell import LANGUAGES, PERSPECTIVES, Cell, constant, lookup, numeric, text
from kapula.connectors.mapping.cells import literal, quoted
from kapula.connectors.mapping.table import TableMapper
from kapula.connectors.mapping.times import occurred_at
from kapula.connectors.naming import code_of
from kapula.schema import ANSWER_PREFIX, ATTRIBUTE_PREFIX, RESPONSES

FIELDS = [field for field in RESPONSES if field.name not in ("id", "source", "received_at")]
COMMENTS = pa.schema([("external_id", pa.string()), ("question", pa.string()), ("text", pa.string())])
TEXT_ROLES = ("customer", "account", "team", "touchpoint", "channel", "segment")
_COMMENT = "comment_"


class ResponsesMapper(TableMapper):
    table = "responses"

    def __init__(self, bound: Bound) -> None:
        self._answers = [question_code(plan) for plan in bound.all("score")]
        self._comments = [question_code(plan) for plan in bound.all("comment")]
        self._attributes = [question_code(plan) for plan in bound.all("attribute")]
        fields = [
            *FIELDS,
            *(pa.field(ANSWER_PREFIX + code, pa.float64()) for code in self._answers),
            *(pa.field(ATTRIBUTE_PREFIX + code, pa.string()) for code in self._attributes),
        ]
        self.schema = pa.schema(fields)
        super().__init__(bound)

    def cells(self) -> Sequence[Cell]:
        bound = self.bound
        scores = [numeric(p, bound.cell(p), ANSWER_PREFIX + question_code(p), bound.reading) for p in bound.all("score")]
        comments = [text(p, bound.cell(p), _COMMENT + question_code(p), bound.reading) for p in bound.all("comment")]
        return [
            *given_id(bound),
            *text_cells(bound, TEXT_ROLES),
            occurred_at(bound),
            self._perspective(),
            self._language(),
            self._weight(),
            *scores,
            *comments,
            *attribute_cells(bound),
            _not_empty([*scores, *comments]),
        ]

    def rows(self, good: pa.Table, ids: pa.Array) -> tuple[pa.Table, pa.Table | None]:
        columns = [ids if field.name == "external_id" else good[field.name] for field in self.schema]
        rows = pa.table([pc.cast(c, f.type) for c, f in zip(columns, self.schema, strict=True)], schema=self.schema)
        return rows, self._comment_rows(good, ids) if self._comments else None

    def _comment_rows(self, good: pa.Table, ids: pa.Array) -> pa.Table:
        parts = []
        for code in self._comments:
            texts = good[_COMMENT + code].combine_chunks()
            said = texts.is_valid()
            count = pc.sum(said).as_py() or 0
            parts.append(pa.table([ids.filter(said), pa.array([code] * count, pa.string()), texts.filter(said)], schema=COMMENTS))
        return pa.concat_tables(parts)

    def _perspective(self) -> Cell:
        default = str(self.bound.options.get("perspective") or "customer")
        plan = self.bound.one("perspective")
        if plan is None:
            return constant("perspective", literal(default))
        cell = lookup(plan, self.bound.cell(plan), "perspective", self.bound.reading, PERSPECTIVES, "unknown_perspective")
        return Cell("perspective", f"coalesce({cell.sql}, {literal(default)})", cell.reason, cell.column, cell.source, cell.work)

    def _language(self) -> Cell:
        plan = self.bound.one("language")
        if plan is None:
            default = self.bound.options.get("language")
            return constant("language", literal(str(default)) if default else "NULL::VARCHAR")
        return lookup(plan, self.bound.cell(plan), "language", self.bound.reading, LANGUAGES, None)

    def _weight(self) -> Cell:
        """A file without weights weighs each answer 1; in a file with them a blank one is an error, not a guess."""
        plan = self.bound.one("weight")
        if plan is None:
            return constant("weight", "1.0")
        cell = numeric(plan, self.bound.cell(plan), "weight", self.bound.reading)
        parsed = next(iter(cell.work))
        reason = f"CASE WHEN {parsed} IS NULL OR {parsed} < 0 THEN 'not_a_weight' END"
        return Cell("weight", cell.sql, reason, cell.column, cell.source, cell.work)


def question_code(plan: ColumnPlan) -> str:
    return plan.question or code_of(plan.column)


def given_id(bound: Bound) -> list[Cell]:
    plan = bound.one("external_id")
    if plan is None:
        return []
    cell = text(plan, bound.cell(plan), "external_id", bound.reading)
    return [Cell("_given", cell.sql, cell.reason, cell.column, cell.source, cell.work)]


def text_cells(bound: Bound, roles: Sequence[str]) -> list[Cell]:
    found = []
    for role in roles:
        plan = bound.one(role)
        found.append(text(plan, bound.cell(plan), role, bound.reading) if plan else constant(role, "NULL::VARCHAR"))
    return found


def attribute_cells(bound: Bound) -> list[Cell]:
    return [text(p, bound.cell(p), ATTRIBUTE_PREFIX + question_code(p), bound.reading) for p in bound.all("attribute")]


def _not_empty(cells: Sequence[Cell]) -> Cell:
    """A row with neither an answer nor a comment; said only when nothing else is wrong with the row."""
    if not cells:
        return constant("_said", "TRUE")
    nothing = " AND ".join(f"{quoted(cell.output)} IS NULL" for cell in cells)
    return Cell("_said", "TRUE", f"CASE WHEN {nothing} THEN 'empty_answer' END")
