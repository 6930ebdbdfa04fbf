"""The ends of an interval stay on one line: "10–" at the end of one and "12" on the next cannot be read."""

from __future__ import annotations

import re
from typing import Final

from kapula_web.kit.figures import MINUS, NBSP

_JOINER: Final = "\N{WORD JOINER}"
_BETWEEN: Final = re.compile(rf"(?<=\d)[–…](?=[\d+{MINUS}])")
_TO: Final = re.compile(rf"(?<=\d) to (?=[\d+{MINUS}])")
"""English writes "−3 to 5" where a dash would stand beside a minus."""


def unbroken(text: str) -> str:
    """A word joiner on both sides of the dash between figures, and no breaking space around "to"."""
    return _TO.sub(f"{NBSP}to{NBSP}", _BETWEEN.sub(f"{_JOINER}\\g<0>{_JOINER}", text))
