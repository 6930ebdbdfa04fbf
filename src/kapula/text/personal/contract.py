"""What a finder of personal data is: a kind, what a text must hold for it to be worth looking, and a function that yields spans.

A finder gets a text in composed letters (NFC) without invisible characters, and its language; it takes time in proportion to the
text's length, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

Span = tuple[int, int]
Find = Callable[[str, str], Iterator[Span]]

CONTEXT: Final = 48
"""How many characters before a number are read for the words that say what it is."""


@dataclass(frozen=True, slots=True)
class Finder:
    """``needs``: one of :data:`kapula.text.personal.registry.NEEDS`."""

    type: str
    needs: str
    find: Find


def said_before(text: str, at: int, words: re.Pattern[str], reach: int = CONTEXT) -> bool:
    """Whether one of ``words`` (a pattern for small letters) stands in the ``reach`` characters before ``at``."""
    return words.search(text[max(0, at - reach) : at].lower()) is not None
