"""Words for codes. The library and the services speak in codes; here each kind of code has its words in the interface's languages.

An app registers the words of its own codes in its ``wordings.py``. A text may name particulars in braces: ``{column}``. A contract
test demands words for every code, in Finnish, Swedish and English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.functional import Promise

from kapula_web.kit.figures import number

Text = str | Promise
WORDS: Final[dict[str, dict[str, Text]]] = {}
KNOWN: Final[dict[str, Callable[[], set[str]]]] = {}


def register(kind: str, words: Mapping[str, Text], known: Callable[[], set[str]] | None = None) -> None:
    """Words for the codes of ``kind``. ``known`` gives every code there is, so that the contract test can see what has no words."""
    WORDS.setdefault(kind, {}).update(words)
    if known is not None:
        KNOWN[kind] = known


def words(kind: str, code: str | None, particulars: Mapping[str, Any] | None = None) -> str:
    """The words of a code in the active language, with its particulars put in; an unknown code is shown as it is."""
    text = WORDS.get(kind, {}).get(code or "")
    if text is None:
        return code or ""
    return fill(str(text), particulars or {})


def has_words(kind: str, code: str) -> bool:
    return code in WORDS.get(kind, {})


def choices(kind: str) -> list[tuple[str, Text]]:
    """Every code of a kind with its words, for a form's select."""
    return list(WORDS.get(kind, {}).items())


def fill(text: str, particulars: Mapping[str, Any]) -> str:
    """``{name}`` becomes the particular of that name; one that is not known becomes "–"."""
    return re.sub(r"\{(\w+)\}", lambda found: shown(particulars.get(found[1])), text)


def shown(value: Any) -> str:
    """A particular as text: numbers as people write them, lists with commas, value → count pairs as "11 (3 kpl)"."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} ({shown(count)})" for key, count in value.items())
    if isinstance(value, list | tuple | set):
        return ", ".join(shown(item) for item in value)
    return str(value)
