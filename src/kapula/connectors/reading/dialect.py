"""How a text file is laid out: its separator, where its header stands and how many fields a row has."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kapula.connectors.columns.words import roles_named
from kapula.connectors.naming import header_names, name_key
from kapula.connectors.reading.quotes import make_of
from kapula.connectors.reading.ragged import joined
from kapula.connectors.source import Note

SEPARATORS = (";", ",", "\t", "|")
SAMPLE_RECORDS = 300
_NOWHERE = "\x1f"
"""A separator for a file of one column in which every other one occurs."""
_SEP_LINE = re.compile(r'^"?sep=(.)"?\r?\n', re.IGNORECASE)
_DECIMAL = re.compile(r"[-+−]?\d+(?:,\d+)?")
_VALUE = re.compile(r"^[-+]?[\d\s.,:/%€-]*\d[\d\s.,:/%€-]*$")
csv.field_size_limit(1 << 24)


@dataclass(frozen=True, slots=True)
class Dialect:
    """``header``: the header record, [] when the file has none. ``width``: fields in a row. ``skip``: characters before the first row
    of data. ``records``: sample rows after the header. ``more``: header records after the first."""

    separator: str
    header: tuple[str, ...]
    width: int
    skip: int
    records: tuple[tuple[str, ...], ...]
    notes: tuple[Note, ...] = ()
    more: tuple[tuple[str, ...], ...] = ()

    @property
    def named(self) -> int:
        """How many columns the header has, blank ones at its end left out; 0 without a header."""
        return _filled(self.header)

    def names(self) -> tuple[list[str], list[Note]]:
        if not self.header:
            return [f"column {i + 1}" for i in range(self.width)], []
        return header_names([*self.header, *[""] * (self.width - len(self.header))])


def sniff(
    text: str, *, whole: bool, separator: str | None = None, header_rows: int | None = None, named: str | None = None
) -> Dialect:
    """The layout of a file that begins with ``text``. ``whole``: the text is the entire file.

    ``separator`` and ``header_rows`` (0: the file has no header; 3: Qualtrics …) override what is seen. ``named``: a column that the file
    is said to have; where it is the whole first line, there is no other.
    """
    start = 0
    if line := _SEP_LINE.match(text):
        start, separator = line.end(), separator or line.group(1)
    body = text[start:]
    chosen = separator or max(SEPARATORS, key=lambda sep: _consistency(_records(body, sep, whole)))
    spans = _records(body, chosen, whole)
    if separator is None and (_is_one_column(spans) or _is_named(_records(body, _NOWHERE, whole)[:2], spans, named)):
        # A mark that has not been seen yet may stand further down, in somebody's words.
        chosen = next((sep for sep in SEPARATORS if whole and sep not in body), _NOWHERE)
        spans = _records(body, chosen, whole)
    dialect = _layout(spans, chosen, header_rows)
    return replace(dialect, skip=dialect.skip + start)


Span = tuple[tuple[str, ...], int]
"""A record and how many characters of the text end with it."""


def _records(text: str, separator: str, whole: bool) -> list[Span]:
    """The first records. Quotes open only at the start of a field, as in every CSV."""
    lines = _Lines(text)
    spans: list[Span] = []
    try:
        for record in csv.reader(lines, delimiter=separator, strict=False):
            spans.append((tuple(record), lines.position))
            if len(spans) >= SAMPLE_RECORDS:
                return spans
    except csv.Error:
        return spans
    return spans if whole or len(spans) < 2 else spans[:-1]


class _Lines:
    """Lines with their ends, and the position after the last one given."""

    def __init__(self, text: str) -> None:
        self._lines: Iterable[str] = io.StringIO(text, newline="")
        self.position = 0

    def __iter__(self) -> _Lines:
        self._lines = iter(self._lines)
        return self

    def __next__(self) -> str:
        line = next(self._lines)  # type: ignore[call-overload]
        self.position += len(line)
        # csv.reader refuses a bare carriage return inside a line it is handed.
        return str(line)


def _consistency(spans: list[Span]) -> float:
    """How well a separator explains the file: rows of one width, wider is better, the header of the same width better still."""
    widths = Counter(len(record) for record, _ in spans if any(record))
    if not widths:
        return 0.0
    width, count = max(((w, n) for w, n in widths.items()), key=lambda item: (item[1], item[0]))
    if width == 1:
        return 0.0
    first = next(len(record) for record, _ in spans if any(record))
    return count / widths.total() * math.log2(width) * (1.0 if first == width else 0.6)


def _is_one_column(spans: list[Span]) -> bool:
    """Whether commas belong to what is said: the first line has no separator, and neither have most others, or they are numbers with a
    decimal comma, or words with a space after each comma, as in writing. Short ones ("Nopea, kiva") could also be a table below its title:
    the line after the title then names its columns."""
    rows = [record for record, _ in spans if any(record)]
    if len(rows) < 2 or len(rows[0]) > 1:
        return False
    if not _consistency(spans):
        return True  # most lines have no separator at all
    if all(len(record) <= 2 and _DECIMAL.fullmatch(",".join(record)) for record in rows[1:]):
        return True
    cut = [record for record in rows[1:] if len(record) > 1]
    after = [cell for record in cut for cell in record[1:]]
    spaced = sum(not cell.strip() or cell[0].isspace() for cell in after)
    words = sum(len(cell.split()) for record in cut for cell in record) / max(1, len(after) + len(cut))
    numbers = sum(bool(_VALUE.match(cell.strip())) for cell in after)
    # As a table, two lines would be a title and a header with nothing below.
    wordy = words >= 1.8 or len(rows) == 2 or not _names_columns(rows)
    return bool(after) and spaced >= 0.9 * len(after) and wordy and numbers <= 0.1 * len(after)


def _names_columns(rows: list[tuple[str, ...]]) -> bool:
    """Whether the second line is a header below a title: it names columns, in so few words that nobody wrote it as an answer."""
    title, line = rows[0][0], rows[1]
    known = [bool(roles_named(cell)) and len(cell.split()) <= 2 for cell in line]
    return all(known) if roles_named(title) else sum(known) >= 0.5 * len(line) and len(line) > 1


def _is_named(first: list[Span], spans: list[Span], named: str | None) -> bool:
    """Whether the whole first line is the column that was asked for, and not a title above the header that has it."""
    if named is None or not first or [name_key(cell) for cell in first[0][0]] != [name_key(named)]:
        return False
    return len(spans) < 2 or name_key(named) not in map(name_key, spans[1][0])


def _layout(spans: list[Span], separator: str, header_rows: int | None) -> Dialect:
    """The header is the first row as wide as the rows usually are; what stands above it is a title."""
    notes: list[Note] = []
    widths = Counter(_filled(record) for record, _ in spans if any(cell.strip() for cell in record))
    modal = Counter(len(record) for record, _ in spans if any(record)).most_common(1)
    width = modal[0][0] if modal else 1
    found = (
        i for i, (record, _) in enumerate(spans) if _is_header(record, width, widths) or _is_index(spans[i:], width)
    )
    first = next(found, 0)
    if first:
        notes.append(("leading_rows", str(first)))
    count = header_rows if header_rows is not None else int(not _headerless(spans, first))
    if count == 0 and header_rows is None:
        notes.append(("no_header", ""))
    header = spans[first][0] if spans and count else ()
    after = first + count
    skip = spans[after - 1][1] if after else 0
    records = tuple(record for record, _ in spans[after:])
    return Dialect(
        separator,
        header,
        _width(header, width, records, separator),
        skip,
        records,
        tuple(notes),
        tuple(r for r, _ in spans[first + 1 : after]),
    )


def _width(header: tuple[str, ...], width: int, records: tuple[tuple[str, ...], ...], separator: str) -> int:
    """How many fields a row has: as many as is usual, or as the header when the others are a text's own separators."""
    own = _filled(header)
    wider = [record for record in records if _filled(record) > own]
    texts = sum(joined(record, own, separator) is not None for record in wider) if own else 0
    return own if wider and texts >= 0.9 * len(wider) else max(width, own)


def _filled(record: tuple[str, ...]) -> int:
    """The fields up to the last one that holds something."""
    return max((i + 1 for i, cell in enumerate(record) if cell.strip()), default=0)


def _is_header(record: tuple[str, ...], width: int, widths: Counter[int]) -> bool:
    if width == 1:
        return bool(record and record[0].strip())
    filled = sum(1 for cell in record if cell.strip())
    return filled >= 2 and len(record) >= min(width, max(2, min(widths, default=2))) and filled >= 0.5 * min(width, 4)


def _is_index(spans: list[Span], width: int) -> bool:
    """A header whose first columns have no name, as pandas writes the index of a table: every row has its number or its key in them."""
    header = spans[0][0]
    blank = next((i for i, cell in enumerate(header) if cell.strip()), 0)
    rows = [record for record, _ in spans[1:] if len(record) == width and any(record)]
    if not blank or not rows or len(header) != width or not all(cell.strip() for cell in header[blank:]):
        return False
    return all(_are_keys([row[i].strip() for row in rows]) for i in range(blank))


def _are_keys(cells: list[str]) -> bool:
    """Numbers, dates, or keys of one make ("A7", "A12")."""
    makes = {make_of(cell) for cell in cells}
    return all(map(_VALUE.match, cells)) or (len(makes) == 1 and "9" in makes.pop())


def _headerless(spans: list[Span], first: int) -> bool:
    """The first row is data when every field in it is a number or a date, as in the row after it."""
    rows = [record for record, _ in spans[first : first + 2]]
    return len(rows) == 2 and all(
        any(cell.strip() for cell in row) and all(_VALUE.match(cell.strip()) for cell in row if cell.strip())
        for row in rows
    )
