"""Names of periods as people write them, put in the order of time: "9/2024" before "10/2024", "Q4 2023" before "Q1 2024"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kapula.trends.written import FIRST, LAST

_NUMBER: Final = re.compile(r"\d+")
_DAY_FIRST: Final = re.compile(r"#\. ?#\. ?#")
"""Day, month and year as written in Finnish; with slashes nobody can tell which is the day."""


def in_order(names: Sequence[str]) -> list[str] | None:
    """The names from the first to the last, or None when their order cannot be told.

    It can when all have the same words around their numbers, and the numbers are a counter ("viikko 9"), or a year with one number
    beside it ("9/2024", "Q4 2023", "2024-W07"), a span of years ("2023–2024"), or a date (2024-05-31, 31.5.2024).
    """
    if len(names) < 2:
        return list(names)
    if len({_around(name) for name in names}) > 1:
        return None
    keys = [_key(name) for name in names]
    known = [key for key in keys if key is not None]
    if len(known) < len(names) or len(set(known)) < len(names) or len({len(key) for key in known}) > 1:
        return None
    return [name for _, name in sorted(zip(known, names, strict=True))]


def _around(name: str) -> str:
    return " ".join(_NUMBER.sub("#", name).casefold().split())


def _key(name: str) -> tuple[int, ...] | None:
    """The numbers with the most telling first; None when it is not known which that is."""
    numbers = [int(text) for text in _NUMBER.findall(name)]
    years = [FIRST <= number <= LAST for number in numbers]
    if len(numbers) == 1 or (len(numbers) == 2 and years[0]):
        return tuple(numbers)
    if len(numbers) == 2 and years[1]:
        return numbers[1], numbers[0]
    if len(numbers) == 3 and years == [True, False, False]:
        return tuple(numbers)
    if len(numbers) == 3 and years == [False, False, True] and _DAY_FIRST.fullmatch(_around(name)):
        return numbers[2], numbers[1], numbers[0]
    return None
