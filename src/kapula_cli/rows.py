"""What became of a file's rows that did not fall into its columns, told to the person whose file it is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kapula_cli import output

if TYPE_CHECKING:
    from kapula.connectors import RejectedRow, RowsTold

SHOWN: Final = 5
HINT: Final = "Put quotation marks around a text that has the separator or a line break in it, or save the file as an Excel workbook."
MENDED: Final = {
    "joined": "{count} of {file} had the separator in the text of the last column without quotation marks; it was joined: {where}.",
    "unclosed": "{count} of {file} had a quotation mark that is never closed; the mark was left out: {where}.",
}


def tell(told: RowsTold, file: str, *, every_row: bool = False) -> None:
    """Says on standard error what was mended and what was left out. With ``every_row`` what was left out is an error."""
    for code, count in told.mended.items():
        output.note(MENDED[code].format(count=_rows(count), file=file, where=_lines(told.lines[code], count)))
    if not told.left_out:
        return
    message = f"{_rows(told.left_out)} of {file} {'was' if told.left_out == 1 else 'were'} left out: {_because(told)}."
    if not every_row:
        output.note(f"{message} {_hint(told)}")
        return
    from kapula.errors import SourceError

    message = f"{_rows(told.left_out)} of {file} cannot be read, and the answer has one line a row: {_because(told)}."
    lines = [row.line for row in told.first if row.line is not None]
    raise SourceError(message, hint=_hint(told), file=file, rows=told.left_out, lines=lines)


def _because(told: RowsTold) -> str:
    """ "lines 3 and 5 have 3 fields where the header has 2; line 8 has 1"."""
    from kapula.connectors.contract import REJECTION_CODES

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


def _hint(told: RowsTold) -> str:
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


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"
