"""Rows that do not have the header's number of fields, and rows swallowed by a quotation mark that was never closed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from kapula.connectors.contract import RejectedRow
from kapula.connectors.reading.lines import Lines, lines_of
from kapula.connectors.source import Mended, text_table


def in_order(table: pa.Table, numbers: pa.Array) -> tuple[pa.Table, pa.Array]:
    order = np.argsort(numbers.to_numpy(), kind="stable")
    return table.take(order), numbers.take(pa.array(order))


def joined(record: Sequence[str], width: int, separator: str) -> list[str] | None:
    """The record with what is too much joined to its last column, when that is plainly a text that nobody put marks around: it has words,
    and a space follows each of its separators as in writing. None otherwise.

    Where a space precedes the last column too, spaces say nothing; where it is a number, the row has a field too many.
    """
    filled = max((i + 1 for i, cell in enumerate(record) if cell.strip()), default=0)
    if filled <= width:
        return None
    last, *more = record[width - 1 : filled]
    if last[:1].isspace() or not any(map(str.isalpha, last)) or not all(c[:1].isspace() and c.strip() for c in more):
        return None
    return [*record[: width - 1], separator.join((last, *more))]


class Ragged:
    """The rows that have another number of fields than most. ``least``: the fields that the header names; columns beyond it have no name,
    and a row may end before them."""

    def __init__(self, names: list[str], separator: str, lines: Lines, least: int) -> None:
        self._names = names
        self._least = least
        self._separator = separator
        self._lines = lines
        self._seen: list[tuple[int, str]] = []
        self.mended: list[Mended] = []

    def note(self, row: pacsv.InvalidRow) -> str:
        self._seen.append((row.number if row.number is not None else 0, row.text))
        return "skip"

    def told(self) -> tuple[Mended, ...]:
        """What was mended since this was last asked."""
        mended, self.mended = tuple(self.mended), []
        return mended

    def number_rows(self, start: int, count: int) -> tuple[pa.Array, int]:
        """The file's numbers of the next ``count`` good rows, leaping over the ragged ones, and the number after them."""
        gaps = np.array([number for number, _ in self._seen if number >= start], dtype=np.int64)
        order = np.arange(count, dtype=np.int64)
        good_before_gap = gaps - start - np.arange(len(gaps))
        numbers = start + order + np.searchsorted(good_before_gap, order, side="right")
        return pa.array(numbers), int(numbers[-1]) + 1 if count else start

    def take(self, before: int | None) -> tuple[pa.Table, pa.Array, tuple[RejectedRow, ...]]:
        """The ragged rows up to a number: those that could be mended as a table with their numbers, and the others."""
        cells: list[list[str]] = []
        numbers: list[int] = []
        rejected: list[RejectedRow] = []
        ready = [item for item in self._seen if before is None or item[0] < before]
        self._seen = self._seen[len(ready) :]
        ready.sort(key=lambda item: item[0])  # those given back by unswallow() stand first
        for number, text in ready:
            fitted, others = self._divided(text)
            line = self._lines.find(text) if others else None
            cells += fitted
            numbers += [number] * len(fitted)
            rejected += [self._reject(number, line, record) for record in others]
        columns: dict[str, list[str | None]] = {name: [row[i] for row in cells] for i, name in enumerate(self._names)}
        return text_table(columns), pa.array(numbers, pa.int64()), tuple(rejected)

    def _divided(self, text: str) -> tuple[list[list[str]], list[list[str]]]:
        """The rows in a stretch of text at the header's width, and the records that do not fit.

        A stretch of several lines is one record with line breaks in a cell. Where its quotation marks do not pair up, one that was never
        closed swallowed the lines, and each is a row.
        """
        lines = [line for line in lines_of(text) if line.strip()] or [""]
        if len(lines) == 1 or text.count('"') % 2 == 0:
            fitted = self._fit(self._record(text), text)
            # The pieces of a cell are no rows, though one may have a row's width: they are only shown to who mends them.
            return ([fitted], []) if fitted is not None else ([], [self._record(line) for line in lines])
        rows = [(self._fit(record, line), record) for line in lines for record in (self._record(line),)]
        return [row for row, _ in rows if row is not None], [record for row, record in rows if row is None]

    def _record(self, text: str) -> list[str]:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=self._separator), [""])

    def _fit(self, record: list[str], text: str) -> list[str] | None:
        """The record at the table's width when nothing is lost by it: only blanks are too many, or a text has separators in it."""
        width = len(self._names)
        if self._least <= len(record) < width:
            return [*record, *[""] * (width - len(record))]
        if len(record) == width or (len(record) > width and not any(cell.strip() for cell in record[width:])):
            return record[:width]
        row = joined(record, width, self._separator)
        if row is not None:
            self.mended.append(Mended("joined", self._lines.find(text)))
        return row

    def _reject(self, number: int, line: int | None, record: list[str]) -> RejectedRow:
        names = [*self._names, *(f"column {i + 1}" for i in range(len(self._names), len(record)))]
        raw: dict[str, str | None] = dict.fromkeys(self._names)
        raw.update({name: cell or None for name, cell in zip(names, record, strict=False)})
        reason = ("", "column_count", f"{len(record)}/{len(self._names)}")
        return RejectedRow(number, raw, (reason,), line=line)

    def unswallow(self, table: pa.Table, numbers: pa.Array) -> tuple[pa.Table, pa.Array]:
        """Give back the rows that an open quotation mark in the last column has swallowed.

        A line break followed by a whole row's separators inside one cell is no comment. The cell keeps its first line; each
        further line becomes a row again, or is rejected, under the number of the row that held it.
        """
        width = len(self._names)
        if width < 3 or not table.num_rows:
            return table, numbers
        mark = re.escape(self._separator)
        pattern = f"[\r\n]([^{mark}\r\n]*{mark}){{{width - 1}}}"
        swallowing = pc.match_substring_regex(table.column(width - 1), pattern)
        if not pc.any(swallowing).as_py():
            return table, numbers
        mended: list[list[str]] = []
        owners: list[int] = []
        chosen = swallowing.combine_chunks()
        for row, number in zip(table.filter(swallowing).to_pylist(), numbers.filter(chosen).to_pylist(), strict=True):
            first, *lines = lines_of(str(row[self._names[-1]]))
            mended.append([*list(row.values())[:-1], first])
            owners.append(number)
            self._seen[:0] = [(number, line) for line in lines if line.strip()]
            self.mended.append(Mended("unclosed"))
        columns: dict[str, list[str | None]] = {name: [row[i] for row in mended] for i, name in enumerate(self._names)}
        kept = pc.invert(swallowing)
        return in_order(
            pa.concat_tables([table.filter(kept), text_table(columns)]),
            pa.concat_arrays([numbers.filter(kept.combine_chunks()), pa.array(owners, pa.int64())]),
        )
