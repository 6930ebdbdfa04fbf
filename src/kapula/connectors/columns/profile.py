"""What the first rows of a file hold, column by column: the evidence for its suggested plan."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from stdnum.fi import hetu

from kapula.connectors.mapping import dates, periods
from kapula.connectors.mapping.cells import BLANKS, is_blank, literal, number
from kapula.connectors.mapping.engine import connect, trimmed_cells
from kapula.connectors.source import Field

_COMMA = r"^[-+−]?(\d+,\d{1,2}|\d+,\d{4,}|\d{1,3}([.\s\x{00a0}]\d{3})+,\d+)\s*[%€]?$"
_POINT = r"^[-+−]?(\d+\.\d{1,2}|\d+\.\d{4,}|\d{1,3}(,\d{3})+\.\d+)\s*[%€]?$"
_DATE = (
    r"^(\pL{2,12}\.?,?\s+)?(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{8}|\d{1,2} \pL{3,9} \d{4}|\pL{3,9} \d{1,2} \d{4})(\D|$)"
)
MOST = 0.9


@dataclass(frozen=True, slots=True)
class Profile:
    """``values``: distinct texts with their counts, blanks left out. ``numbers``: the same as numbers, where they are. ``blank``: share.
    ``date_format``: the family nearly all values fit, or None. ``rivals``: other families that fit as well.
    ``words``: the values that are no numbers."""

    field: Field
    rows: int
    values: Mapping[str, int]
    numbers: Mapping[float, int]
    blank: float
    blanks: tuple[str, ...] = ()
    date_format: str | None = None
    rivals: tuple[str, ...] = ()
    period_format: str | None = None
    words: Mapping[str, int] = dataclasses.field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def filled(self) -> int:
        return sum(self.values.values())

    @property
    def kind(self) -> str:
        if not self.values:
            return "empty"
        if self.date_format:
            return "date"
        return "number" if sum(self.numbers.values()) >= MOST * self.filled else "text"

    @property
    def mean_length(self) -> float:
        return sum(len(text) * n for text, n in self.values.items()) / max(1, self.filled)

    @property
    def unique(self) -> bool:
        return self.filled > 1 and len(self.values) == self.filled

    def unique_id(self) -> bool:
        """Short and different on every row: a key rather than words."""
        return self.unique and self.mean_length < 15 and all(" " not in text for text in list(self.values)[:50])

    @property
    def hetu_share(self) -> float:
        """The share of Finnish personal identity codes, temporary ones too."""
        if self.mean_length != 11:
            return 0.0
        return sum(n for text, n in self.values.items() if hetu.is_valid(text, allow_temporary=True)) / self.filled


def profiles(table: pa.Table, fields: Sequence[Field], decimal: str | None) -> tuple[list[Profile], str]:
    """Each column's profile, and the decimal mark: the given one, or the one the numbers speak for."""
    connection = connect()
    try:
        connection.register("_distinct", _distinct(table))
        mark = decimal or _decimal(connection)
        facts = _facts(connection, mark)
        formats = _formats(connection)
        spellings = _periods(connection)
        return [
            _profile(
                field, table.num_rows, facts.get(i, []), formats.get(i, []), _spelling(field.name, spellings.get(i, []))
            )
            for i, field in enumerate(fields)
        ], mark
    finally:
        connection.close()


def _distinct(table: pa.Table) -> pa.Table:
    """Every column's distinct cells in one long table: column, value, n."""
    parts = []
    for i, column in enumerate(table.columns):
        counted = pc.value_counts(trimmed_cells(column))
        values, n = counted.field("values"), counted.field("counts")
        keep = values.is_valid()
        filled = values.filter(keep)
        parts.append(
            pa.table({"column": pa.array([i] * len(filled), pa.int32()), "value": filled, "n": n.filter(keep)})
        )
    return pa.concat_tables(parts)


def _decimal(connection: duckdb.DuckDBPyConnection) -> str:
    """A comma when more cells can only be read with one than only with a point."""
    comma, point = connection.execute(
        f"SELECT coalesce(sum(n) FILTER (regexp_matches(value, {literal(_COMMA)})), 0), "
        f"coalesce(sum(n) FILTER (regexp_matches(value, {literal(_POINT)})), 0) FROM _distinct"
    ).fetchall()[0]
    return "," if comma > point else "."


Fact = tuple[str, int, float | None, bool]


def _facts(connection: duckdb.DuckDBPyConnection, mark: str) -> dict[int, list[Fact]]:
    rows = connection.execute(
        f'SELECT "column", value, n, {number("value", mark)}, {is_blank("value", BLANKS)} FROM _distinct ORDER BY n DESC, value'
    ).fetchall()
    found: dict[int, list[Fact]] = {}
    for column, value, n, parsed, blank in rows:
        found.setdefault(column, []).append((value, n, parsed, blank))
    return found


def _formats(connection: duckdb.DuckDBPyConnection) -> dict[int, list[str]]:
    """The date families that nearly all of a column's cells fit, best first."""
    dated = connection.execute(
        f"""SELECT "column", min(value) FROM _distinct WHERE NOT {is_blank("value", BLANKS)} GROUP BY 1
        HAVING sum(n) FILTER (regexp_matches(value, {literal(_DATE)})) >= {MOST} * sum(n)"""
    ).fetchall()
    found = {}
    for column, example in dated:
        families = [family for family in dates.FORMATS if _resembles(example, family)]
        fitting = _fitting(connection, column, families) if families else []
        if fitting:
            found[column] = fitting
    return found


def _fitting(connection: duckdb.DuckDBPyConnection, column: int, families: Sequence[str]) -> list[str]:
    sums = ", ".join(f"sum(n) FILTER (({dates.timestamp('value', family)}) IS NOT NULL)" for family in families)
    total, *counts = connection.execute(
        f'SELECT sum(n), {sums} FROM _distinct WHERE "column" = {column} AND NOT {is_blank("value", BLANKS)}'
    ).fetchall()[0]
    best = max(n or 0 for n in counts)
    return [f for f, n in zip(families, counts, strict=True) if n == best] if best >= MOST * total else []


def _resembles(example: str, family: str) -> bool:
    """Worth trying: the family's own mark stands in the text, and four digits lead only where the year does."""
    mark = next((mark for mark in "./-" if mark in family), "")
    if not mark:
        return family == "%Y%m%d" if example[:8].isdigit() else bool(re.search(r"[^\W\d]{3}", example))
    return mark in example and (not family.startswith("%Y") or bool(re.search(r"\d{4}" + re.escape(mark), example)))


def _periods(connection: duckdb.DuckDBPyConnection) -> dict[int, list[str]]:
    """Columns whose cells all spell a period ("2026-W05", "1/2026"); a bare year only from 1990 to 2099."""
    sums = ", ".join(
        f"sum(CASE WHEN {periods.period_start('value', spelling, grain)} IS NOT NULL THEN n ELSE 0 END)"
        for spelling, (grain, _) in periods.FORMATS.items()
    )
    rows = connection.execute(
        f"""SELECT "column", sum(n), {sums} FROM _distinct
        WHERE length(value) <= 20 AND NOT {is_blank("value", BLANKS)} GROUP BY 1
        HAVING max(length(value)) <= 20 AND bool_and(regexp_matches(value, '(19|20)\\d\\d'))"""
    ).fetchall()
    found: dict[int, list[str]] = {}
    for column, total, *counts in rows:
        fitting = [name for name, n in zip(periods.FORMATS, counts, strict=True) if n == total]
        if fitting:
            found[column] = fitting
    return found


def _spelling(name: str, fitting: Sequence[str]) -> str | None:
    """ "2026-01" is a month unless the column is called a week."""
    weekly = re.search(r"viik|week|vecka|\bvko?\b", name.casefold())
    return next((f for f in fitting if f.startswith("week") == bool(weekly)), fitting[0] if fitting else None)


def _profile(field: Field, rows: int, facts: list[Fact], formats: list[str], period: str | None) -> Profile:
    kept = [fact for fact in facts if not fact[3]]
    numbers: dict[float, int] = {}
    for _, n, parsed, _ in kept:
        if parsed is not None:
            numbers[parsed] = numbers.get(parsed, 0) + n
    filled = sum(n for _, n, _, _ in kept)
    return Profile(
        field,
        rows,
        {value: n for value, n, _, _ in kept},
        numbers,
        1 - filled / rows if rows else 1.0,
        tuple(value for value, _, _, blank in facts if blank),
        formats[0] if formats else None,
        tuple(formats[1:]),
        period,
        {value: n for value, n, parsed, _ in kept if parsed is None},
    )
