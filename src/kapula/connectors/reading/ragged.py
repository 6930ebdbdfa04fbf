"""Rows that do not have the header's number of fields, and rows swallowed by a quotation mark that was never closed."""

from __future__ import annotations

import csv
import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from kapula.connectors.contract import RejectedRow
from kapula.connectors.source import text_table


def in_order(table: pa.Table, numbers: pa.Array) -> tuple[pa.Table, pa.Array]:
    order = np.argsort(numbers.to_numpy(), kind="stable")
    return table.take(order), numbers.take(pa.array(order))


class Ragged:
    """The rows that have another number of fields than the header."""

    def __init__(self, names: list[str], separator: str) -> None:
        self._names = names
        self._separator = separator
        self._seen: list[tuple[int, str]] = []
        self._cut = 0

    def note(self, row: pacsv.InvalidRow) -> str:
        self._seen.append((row.number if row.number is not None else 0, row.text))
        return "skip"

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
        for number, text in ready:
            for record in self._records(text):
                fitted = self._fit(record)
                if fitted is None:
                    rejected.append(self._reject(number, record))
                else:
                    cells.append(fitted)
                    numbers.append(number)
        columns: dict[str, list[str | None]] = {name: [row[i] for row in cells] for i, name in enumerate(self._names)}
        return text_table(columns), pa.array(numbers, pa.int64()), tuple(rejected)

    def _records(self, text: str) -> list[list[str]]:
        """One record, or, when a quotation mark was never closed and swallowed lines, each of those lines."""
        parsed = list(csv.reader([text], delimiter=self._separator))
        lines = text.splitlines()
        if len(lines) > 1:
            return [next(csv.reader([line], delimiter=self._separator), [""]) for line in lines if line.strip()]
        return parsed or [[""]]

    def _fit(self, record: list[str]) -> list[str] | None:
        """The record at the header's width when only blanks are too many; None otherwise."""
        width = len(self._names)
        if len(record) == width or (len(record) > width and not any(cell.strip() for cell in record[width:])):
            return record[:width]
        return None

    def _reject(self, number: int, record: list[str]) -> RejectedRow:
        names = [*self._names, *(f"column {i + 1}" for i in range(len(self._names), len(record)))]
        raw: dict[str, str | None] = dict.fromkeys(self._names)
        raw.update({name: cell or None for name, cell in zip(names, record, strict=False)})
        reason = ("", "column_count", f"{len(record)}/{len(self._names)}")
        return RejectedRow(number, raw, (reason,))

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
            first, *lines = str(row[self._names[-1]]).splitlines()
            mended.append([*list(row.values())[:-1], first])
            owners.append(number)
            self._seen[:0] = [(number, line) for line in lines if line.strip()]
        columns: dict[str, list[str | None]] = {name: [row[i] for row in mended] for i, name in enumerate(self._names)}
        kept = pc.invert(swallowing)
        return in_order(
            pa.concat_tables([table.filter(kept), text_table(columns)]),
            pa.concat_arrays([numbers.filter(kept.combine_chunks()), pa.array(owners, pa.int64())]),
        )
