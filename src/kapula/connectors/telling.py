"""What had to be put right while a file was read, in sentences: a warning where nobody asked, a note for the command."""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from kapula.connectors.contract import REJECTION_CODES, RejectedRow, RowsTold
from kapula.connectors.source import Note

SHOWN: Final = 5
HINT: Final = "Put quotation marks around a text that has the separator or a line break in it, or save the file as an Excel workbook."
COLUMNS_RENAMED: Final = "columns_renamed"
"""The code in :data:`kapula.results.WARNING_CODES`: whoever names such a column is to know which of them was read."""
MENDED: Final = {
    "joined": "{count} of {file} had the separator in the text of the last column without quotation marks; it was joined: {where}.",
    "unclosed": "{count} of {file} had a quotation mark that is never closed; the mark was left out: {where}.",
}


class RowsWarning(UserWarning):
    """A file's rows did not fall into its columns. ``told``: how many, why, and where the first of them stand; ``file``: its name."""

    def __init__(self, message: str, told: RowsTold, file: str) -> None:
        super().__init__(message)
        self.told, self.file = told, file


class ColumnsRenamed(UserWarning):
    """A file has columns of one name: the first keeps it. ``columns``: what the later ones are called; ``file``: its name."""

    def __init__(self, message: str, columns: str, file: str) -> None:
        super().__init__(message)
        self.columns, self.file = columns, file


class RowsLeftOut(RowsWarning):
    """Rows are missing from the figures: they could not be split into the header's fields."""


class RowsMended(RowsWarning):
    """Rows were put right before they were counted."""


def warn(told: RowsTold, file: str) -> None:
    """Warns of what was mended (:class:`RowsMended`) and of what was left out (:class:`RowsLeftOut`), at the caller's own line."""
    for sentence in mended(told, file):
        warnings.warn(RowsMended(sentence, told, file), stacklevel=_outside())
    if told.left_out:
        warnings.warn(RowsLeftOut(f"{left_out(told, file)} {hint(told)}", told, file), stacklevel=_outside())


def warn_of_names(notes: Iterable[Note], file: str) -> None:
    """Warns of columns of one name (:class:`ColumnsRenamed`), at the caller's own line."""
    for columns in renamed(notes):
        warnings.warn(ColumnsRenamed(one_name(columns, file), columns, file), stacklevel=_outside())


def renamed(notes: Iterable[Note]) -> list[str]:
    """What the later ones of columns of one name are called, as a source noted it."""
    return [value for code, value in notes if code == "duplicate_header"]


def one_name(columns: str, file: str) -> str:
    return f"{file} has columns of one name; the later ones are called {columns}."


def mended(told: RowsTold, file: str) -> list[str]:
    """A sentence for each way in which rows were mended."""
    return [
        MENDED[code].format(count=many(count), file=file, where=_lines(told.lines[code], count))
        for code, count in told.mended.items()
    ]


def left_out(told: RowsTold, file: str) -> str:
    return f"{many(told.left_out)} of {file} {'was' if told.left_out == 1 else 'were'} left out: {because(told)}."


def _outside() -> int:
    """How far up the first line stands that is not the library's own: whoever reads the warning is to find the call there."""
    own = str(Path(__file__).parents[1])
    frame: Any = sys._getframe(1)
    level = 1
    while frame.f_back is not None and frame.f_code.co_filename.startswith(own):
        frame, level = frame.f_back, level + 1
    return level


def because(told: RowsTold) -> str:
    """ "lines 3 and 5 have 3 fields where the header has 2; line 8 has 1"."""
    groups: dict[tuple[str, str], list[RejectedRow]] = {}
    for row in told.first:
        _, code, value = row.reasons[0]
        groups.setdefault((code, value if code == "column_count" else ""), []).append(row)
    parts = []
    for (code, value), rows in groups.items():
        if code == "column_count":
            has, wanted = value.split("/")
            what = f"{'has' if len(rows) == 1 else 'have'} {has} {'field' if has == '1' else 'fields'}, the header {wanted}"
        else:
            what = REJECTION_CODES[code].rstrip(".")
        parts.append(f"{_places(rows)} {what}")
    more = told.left_out - len(told.first)
    return "; ".join(parts) + (f"; and {more} more" if more else "")


def hint(told: RowsTold) -> str:
    codes = Counter(row.reasons[0][1] for row in told.first)
    return HINT if codes["column_count"] else "Take those rows out of the file if they are not wanted."


def _places(rows: list[RejectedRow]) -> str:
    """The lines of a text file; the rows under the header where lines are not known."""
    lines = [row.line for row in rows if row.line is not None]
    if len(lines) == len(rows):
        return _lines(lines, len(rows))
    numbers = [row.number for row in rows]
    return f"{'row' if len(rows) == 1 else 'rows'} {_listed(numbers, len(rows))} under the header"


def _lines(lines: list[int], count: int) -> str:
    if not lines:
        return "the lines are not known"
    return f"{'line' if count == 1 else 'lines'} {_listed(lines, count)}"


def _listed(numbers: list[int], count: int) -> str:
    shown = sorted(set(numbers))[:SHOWN]
    return ", ".join(map(str, shown)) + ("" if len(shown) >= count else " …")


def many(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"
