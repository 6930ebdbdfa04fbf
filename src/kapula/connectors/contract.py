"""The contract between files and the canonical tables.

A file is first *peeked* at: that gives its columns and a suggested *plan*. A person may correct the plan; it is remembered for
the source. *Reading* a file by a plan yields batches in canonical form and every rejected row with its reasons.

    peek(path) -> Peek            columns, samples, and the suggested Plan
    read(path, plan) -> batches   Batch after Batch, in bounded memory
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Final, Protocol

import pyarrow as pa

SHAPES: Final = ("wide", "long", "observations", "events", "outcomes")
"""wide: one row is one questionnaire; long: one row is one answer to one question; observations: an operational series;
events and outcomes: the canonical tables of those names."""

ROLES: Final = (
    "ignore", "external_id", "occurred_at", "received_at", "customer", "account", "team", "touchpoint", "channel", "segment",
    "language", "weight", "perspective", "attribute",
    "score", "comment",  # wide: each such column is one question
    "question", "answer",  # long: the question's code and its answer
    "period", "measure", "value", "n",  # observations
    "kind",  # events
    "revenue", "active",  # outcomes
)  # fmt: skip

REJECTION_CODES: Final[dict[str, str]] = {
    "not_a_number": "A score or value is not a number.",
    "off_scale": "An answer lies off the declared scale.",
    "not_a_date": "A date cannot be read.",
    "missing_date": "A row has no date and the file no default date.",
    "missing_value": "An observation has no value.",
    "duplicate_in_file": "The same external id stands earlier in this file with other contents.",
    "column_count": "The row has another number of fields than the header.",
    "empty_answer": "The row has neither an answer nor a comment.",
    "not_a_weight": "A weight is negative or not a number.",
    "not_a_flag": "A yes-or-no column holds something else.",
    "not_a_period": "A period cannot be read.",
    "unknown_question": "The plan does not say what this question is.",
    "unknown_perspective": "The perspective is none of customer, employee and mystery.",
    "missing_customer": "An outcome names neither a customer nor an account.",
    "missing_kind": "An event has no kind.",
    "test_answer": "The survey tool marks this as a test answer.",
    "too_long": "A value is longer than its place in the ledger.",
}

NOTE_CODES: Final[dict[str, str]] = {
    "encoding_bom": "The text begins with a byte-order mark. Value: the encoding.",
    "encoding_cp1252": "The text is read as Windows-1252.",
    "encoding_mixed": "The text is UTF-8 with stray bytes, read as Windows-1252. Value: how many.",
    "encoding_utf16_without_bom": "The text is UTF-16 without its mark. Value: the encoding.",
    "gzip": "The file was packed with gzip.",
    "separator": "What stands between the fields. Value: the separator.",
    "decimal_comma": "Numbers have a decimal comma.",
    "sheet": "The sheet that is read. Value: its name.",
    "other_sheets": "The workbook has sheets that are not read. Value: their names.",
    "leading_rows": "Rows above the header are skipped. Value: how many.",
    "no_header": "There is no header; columns are numbered.",
    "header_rows_3": "The header is three rows (Qualtrics).",
    "unnamed_columns": "Columns without a name. Value: their numbers.",
    "duplicate_header": "Two columns had one name. Value: the new names.",
    "default_date_from_name": "Rows have no date; the one in the file's name is used. Value: the date.",
    "default_date_from_file": "Rows have no date; the day the file was changed is used. Value: the date.",
    "date_day_first": "A date's day comes first, as a day above 12 shows. Value: column and an example.",
    "date_month_first": "A date's month comes first, as a day above 12 shows. Value: column and an example.",
    "date_order_ambiguous": "Nothing shows which comes first, day or month. Value: column and an example.",
    "labels_read": "Answers in words are read as scores. Value: the column.",
    "missing_suggested": "Codes beyond the scale are taken for no answer. Value: column, scale and counts.",
    "personal_data": "A column of contact details is left out. Value: the column.",
    "personal_identity_code": "A column of personal identity codes is left out. Value: the column.",
    "active_inverted": "The column says who left; it is turned round. Value: the column.",
    "rows_rejected": "Rows among those looked at could not be split into fields. Value: how many.",
}
"""All that a peek may note, each with one value (a text, often empty)."""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What one column of the file becomes.

    ``question``: the question's code for roles score and comment. ``low``/``high``: its declared scale. ``missing``: values
    (as text, as in the file) that mean "no answer". ``date_format``: strptime format for dates, None for real dates.
    """

    column: str
    role: str
    question: str | None = None
    wording: str | None = None
    low: float | None = None
    high: float | None = None
    missing: tuple[str, ...] = ()
    date_format: str | None = None
    labels: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__} | {"missing": list(self.missing)}


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is read. ``options``: encoding, separator, decimal, sheet, header_rows, default_date … by connector."""

    connector: str
    shape: str
    columns: tuple[ColumnPlan, ...]
    options: dict[str, Any] = field(default_factory=dict)

    def role(self, name: str) -> tuple[ColumnPlan, ...]:
        return tuple(column for column in self.columns if column.role == name)

    def with_column(self, changed: ColumnPlan) -> Plan:
        return replace(self, columns=tuple(changed if c.column == changed.column else c for c in self.columns))

    def to_dict(self) -> dict[str, Any]:
        return {
            "connector": self.connector,
            "shape": self.shape,
            "columns": [column.to_dict() for column in self.columns],
            "options": dict(self.options),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Plan:
        columns = tuple(ColumnPlan(**{**c, "missing": tuple(c.get("missing", ()))}) for c in data["columns"])
        return cls(data["connector"], data["shape"], columns, dict(data.get("options", {})))


@dataclass(frozen=True, slots=True)
class PeekColumn:
    """One column as found: its cleaned name, its long label (SPSS, Qualtrics), a type ("number", "date", "text", "empty"),
    up to five samples as text, the count of distinct values among the rows looked at, and the share that is blank."""

    name: str
    label: str | None
    type: str
    samples: tuple[str, ...]
    distinct: int
    blank: float


@dataclass(frozen=True, slots=True)
class Peek:
    """A first look. ``rows``: the first rows as text. ``total_rows``: None when not yet known. ``notes``: codes of what was noticed
    (:data:`NOTE_CODES`), each with its value."""

    connector: str
    columns: tuple[PeekColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    plan: Plan
    total_rows: int | None = None
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not taken in. ``number``: the line or row in the file, 1 = the first row after the header. ``raw``: its fields as text
    by column. ``reasons``: (column, rejection code, value). ``external_id``: the id the row would have had; hand it to
    ``read_rows`` with the corrected row so that the correction keeps the row's identity. ``line``: where it begins in a text file,
    1 = the file's first line; told of the first such rows."""

    number: int
    raw: dict[str, str | None]
    reasons: tuple[tuple[str, str, str], ...]
    external_id: str = ""
    line: int | None = None


@dataclass(slots=True)
class RowsTold:
    """What became of the rows of a file that did not fall into the header's fields, as ``read_table`` tells it.

    ``left_out``: how many are not in the table, ``first``: the first of them with their reasons. ``mended``: how many were put right, by
    what was wrong (``source.Mended``), ``lines``: where the first of them stand.
    """

    FIRST: ClassVar[int] = 20

    left_out: int = 0
    first: list[RejectedRow] = field(default_factory=list)
    mended: dict[str, int] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)

    def leave_out(self, rows: Sequence[RejectedRow]) -> None:
        self.left_out += len(rows)
        self.first += rows[: self.FIRST - len(self.first)]

    def mend(self, code: str, line: int | None) -> None:
        self.mended[code] = self.mended.get(code, 0) + 1
        lines = self.lines.setdefault(code, [])
        if line is not None and len(lines) < self.FIRST:
            lines.append(line)

    def take(self, other: RowsTold) -> None:
        """Become what the other is."""
        self.left_out, self.first, self.mended, self.lines = other.left_out, other.first, other.mended, other.lines


@dataclass(frozen=True, slots=True)
class Batch:
    """A stretch of the file in canonical form.

    ``table``: the canonical table of ``rows``. ``rows``: for responses, the columns of ``schema.RESPONSES``
    without id, received_at and source, then
    ``answer_<code>`` (float64, null = no answer) and ``attribute_<name>`` (string); external_id is always filled (from the
    file, or a hash of the row's content and its occurrence number, so importing the same file twice adds nothing).
    For the other tables, their schema's columns without id, with ``external_id`` first; ``attributes`` is a JSON object.
    ``comments``: columns external_id, question, text. ``done``/``total``: bytes or rows, for progress. ``repeated``: rows left
    out because an earlier row of the file says exactly the same under the same external id. ``mended``: (code, line where it is known) of
    each row that was put right while the file was split into rows (``source.Mended``).
    """

    table: str
    rows: pa.Table
    comments: pa.Table | None
    rejected: tuple[RejectedRow, ...]
    done: int
    total: int
    repeated: int = 0
    mended: tuple[tuple[str, int | None], ...] = ()


class Connector(Protocol):
    """A format Kapula reads. Register with :func:`kapula.connectors.register` and inherit the contract tests."""

    @property
    def name(self) -> str:
        """The code used everywhere."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings its files usually have, with the point."""

    def recognise(self, path: Path) -> float:
        """How surely this connector is the right one, 0…1. Looks at no more than the file's beginning."""

    def peek(self, path: Path, options: dict[str, Any]) -> Peek:
        """A first look. Raises :class:`~kapula.errors.SourceError`."""

    def read(self, path: Path, plan: Plan, batch_rows: int = 50_000) -> Iterator[Batch]:
        """The whole file, batch after batch. Raises :class:`~kapula.errors.SourceError` before the first batch where it can."""

    def table(
        self,
        path: Path,
        options: dict[str, Any],
        notes: list[tuple[str, str]] | None = None,
        told: RowsTold | None = None,
        verbatim: Sequence[str] = (),
    ) -> Any:
        """The raw columns under clean names, typed, as a PyArrow or Ibis table; what was noticed goes to ``notes``, what became of rows
        that did not fall into fields to ``told``. The columns ``verbatim`` are the text that stands in the file."""
