"""Quotation marks that open a field and are never closed: found before the rows are split, and left out of what is split.

A reader of CSV takes all that follows such a mark, up to the next one or to the end of the file, for one cell, and says nothing. What
the cell swallowed shows it: whole rows, and then either the end or a mark that opens a field of its own.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kapula.connectors.reading.text import CHUNK, Utf8File

LONGEST = 8 << 20
"""Bytes of a cell: more than Arrow's reader takes at once is no cell."""
_FIELD = re.compile(rb'"(?:[^"]++|"")*+')
_ENDS = b"\r\n"
_LINE_END = re.compile(rb"[\r\n]|\Z")


@contextmanager
def without_unclosed(file: Utf8File, separator: str, width: int) -> Iterator[tuple[Utf8File, tuple[int, ...]]]:
    """The text with every mark closed, as it stands when it was so already, and the lines (1 = the file's first) of marks left out."""
    marks = list(_unclosed(file, separator.encode(), width))
    if not marks:
        yield file, ()
        return
    with tempfile.TemporaryDirectory(prefix="kapula-") as folder:
        target = Path(folder) / "text.csv"
        lines = _copy(file.path, target, marks)
        yield replace(file, path=target, size=target.stat().st_size), tuple(lines)


def breaks(text: bytes) -> int:
    """Line ends of any kind."""
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")


def _unclosed(file: Utf8File, separator: bytes, width: int) -> Iterator[int]:
    """Where the marks stand, in bytes. ``held`` is a stretch of the file from ``base`` on, read and judged up to ``at``."""
    sound = _sound(separator)
    with open(file.path, "rb") as opened:
        opened.seek(file.offset)
        held, base, at, more = b"", file.offset, 0, b"-"
        while more:
            more = opened.read(CHUNK)
            known = _kept(held, at)
            held, base, at = held[known:] + (more or b"\n"), base + known, at - known
            while (at := sound.match(held, at).end()) < len(held):  # type: ignore[union-attr]
                close = _FIELD.match(held, at).end()  # type: ignore[union-attr]
                endless = len(held) - at > LONGEST
                end = _LINE_END.search(held, close).start()  # type: ignore[union-attr]
                if end >= len(held) and more and not endless:
                    break  # until the line has been read
                over = close >= len(held) and (endless or file.whole)
                if _swallows(held, at, close, end, over, separator, width):
                    yield base + at
                    close = at
                at = min(close + 1, len(held))


def _sound(separator: bytes) -> re.Pattern[bytes]:
    """Text without marks, marks inside words, fields closed on the line that opens them (amid words too: somebody's quotation whose marks
    were not doubled), and fields of several lines closed before a separator or a line's end."""
    edge = re.escape(separator) + _ENDS
    line, lines = rb'"(?:[^"\r\n]++|"")*+"(?=[^"])', rb'"(?:[^"]++|"")*+"(?=[%b])' % edge
    return re.compile(rb'(?:[^"]++|(?<=[^%b])"|%b|%b)*+' % (edge, lines, line))


def _swallows(held: bytes, at: int, close: int, end: int, over: bool, separator: bytes, width: int) -> bool:
    """Whether the field that opens ``at`` and closes amid words, or nowhere (``over``), holds whole rows of the file, up to the ``end`` of
    the last of them."""
    later = [line for line in held[at + 1 : end].splitlines()[1:] if line.strip()]
    if over:
        return not later or any(line.count(separator) >= width - 1 for line in later)
    if close >= len(held) or not any(line.count(separator) >= width - 1 for line in later):
        return False
    return _opens(held, close, separator) or _begins_alike(held, at, later[-1], separator)


def _opens(held: bytes, close: int, separator: bytes) -> bool:
    """Whether the mark at ``close`` stands where a field begins."""
    while held[close - 1 : close] == b'"':
        close -= 1
    return held[close - 1 : close] in (separator, b"\r", b"\n")


def _begins_alike(held: bytes, at: int, line: bytes, separator: bytes) -> bool:
    """Whether a line whose marks pair up by themselves begins with a key like that of the row whose mark is open ``at``."""
    own, other = (
        make_of(row.split(separator)[0].decode(errors="replace")) for row in (held[_line_start(held, at) : at], line)
    )
    return line.count(b'"') % 2 == 0 and "9" in own and own == other


def _kept(held: bytes, at: int) -> int:
    """From where on the text is still needed: what stands before a mark tells whether it opens a field, and in what row."""
    start = _line_start(held, at)
    return start if at - start < CHUNK else at - 1


def _line_start(held: bytes, at: int) -> int:
    return max(held.rfind(b"\n", 0, at), held.rfind(b"\r", 0, at)) + 1


def make_of(key: str) -> str:
    """What keys of one make have in common: "A-7" and "B-12" are "a-9"."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", key))


def _copy(source: Path, target: Path, marks: Sequence[int]) -> list[int]:
    """The file without the bytes at ``marks``; gives their lines."""
    lines, line = [], 1
    with open(source, "rb") as old, open(target, "wb") as new:
        for mark in marks:
            while left := mark - old.tell():
                # Up to a line's end at most, so that a line end of two signs is never counted twice.
                taken = old.readline(left)
                line += breaks(taken)
                new.write(taken)
            lines.append(line)
            old.read(1)
        while chunk := old.read(CHUNK):
            new.write(chunk)
    return lines
