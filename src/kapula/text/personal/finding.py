"""Where a text holds personal data."""

from __future__ import annotations

from kapula.text.corpus import Personal
from kapula.text.personal.positions import read
from kapula.text.personal.registry import FINDERS, NEEDS


def find(text: str, language: str = "fi") -> tuple[Personal, ...]:
    """Personal data in ``text``, of anyone: sorted, not overlapping, positions in characters, ``end`` not included.

    ``language``: fi, sv, en, other or mixed, as the comment was written; it decides which words may be names and which
    telephone numbers are at home. Types are those of :data:`kapula.text.labels.PERSONAL`. Numbers with check digits are checked;
    the rest is told by form and the words around (docs/text/personal-data.md says how well). Takes any text, in linear time.
    """
    reading = read(text)
    content = reading.text
    there = {need for need, holds in NEEDS.items() if holds(content)}
    taken = bytearray(len(content))
    found: list[tuple[int, int, str]] = []
    for finder in FINDERS:
        if finder.needs not in there:
            continue
        for start, end in finder.find(content, language):
            if start < end and taken.find(1, start, end) < 0:
                taken[start:end] = b"\x01" * (end - start)
                found.append((start, end, finder.type))
    return tuple(Personal(kind, *reading.span(start, end)) for start, end, kind in sorted(found))
