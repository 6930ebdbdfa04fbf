"""A comment in pieces: what is marked and what is covered, however much of it there is."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from kapula_web.texts.masking import cover
from kapula_web.texts.showing import Piece, pieces

Span = list[int]


def letters(found: list[Piece]) -> list[tuple[str, bool, bool]]:
    """Each letter that is shown and each cover that stands for some."""
    return [(part, one.mark, one.covered) for one in found for part in ([one.text] if one.covered else one.text)]


def by_hand(text: str, personal: list[dict[str, Any]], spans: list[Span]) -> list[tuple[str, bool, bool]]:
    """The same a letter at a time; personal data here never overlaps."""
    told = []
    for place, letter in enumerate(text):
        mark = any(start <= place < end for start, end in spans)
        hiding = next((one for one in personal if one["start"] <= place < one["end"]), None)
        if hiding is None:
            told.append((letter, mark, False))
        elif hiding["start"] == place:
            told.append((cover(hiding["type"]), mark, True))
    return told


@pytest.mark.parametrize("seed", range(40))
def test_every_letter_is_marked_or_covered_as_it_should(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choices("abc ", k=chance.randrange(40)))
    places = sorted(chance.choices(range(len(text) + 1), k=2 * chance.randrange(4)))
    personal = [
        {"type": "name", "start": start, "end": end}
        for start, end in zip(places[::2], places[1::2], strict=True)
        if start < end
    ]
    spans = [[chance.randrange(-3, 45), chance.randrange(-3, 45)] for _ in range(chance.randrange(8))]
    with translation.override("fi"):
        assert letters(pieces(text, personal, spans)) == by_hand(text, personal, spans)


def test_a_span_beyond_a_shortened_text_leaves_no_empty_piece() -> None:
    assert pieces("Jono", [], [[9, 12], [2, 2]]) == [Piece("Jono")]


def test_twice_the_marks_take_twice_the_steps() -> None:
    """Comments of 100 kB full of telephone numbers are real; a page that looks through all for each would stand for seconds."""

    def of(count: int) -> Callable[[], Any]:
        spans = [[10 * place, 10 * place + 4] for place in range(count)]
        personal = [{"type": "phone", "start": 10 * place + 5, "end": 10 * place + 9} for place in range(count)]
        return lambda: pieces("x" * 10 * count, personal, spans)

    assert steps(of(200)) < 2.2 * steps(of(100))


def steps(call: Callable[[], Any]) -> int:
    """How many lines of Python it takes."""
    count = 0

    def step(frame: Any, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
