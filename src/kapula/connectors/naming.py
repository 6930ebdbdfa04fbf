"""Names of columns: cleaned for people, keyed for matching, coded for the ledger."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad\x00"))
CODE_LENGTH = 60


def clean_name(name: str) -> str:
    """A header as a person means it: no BOM, no stray or doubled spaces, no asterisk that marks a compulsory question.

    Letters are composed (NFC) and keep their case. Matching is by :func:`name_key`, which ignores case too.
    """
    text = unicodedata.normalize("NFC", name).translate(_INVISIBLE)
    return re.sub(r"\s+", " ", text).strip().strip("*").strip()


def name_key(name: str) -> str:
    """What two spellings of one column have in common."""
    return clean_name(name).casefold()


def code_of(name: str) -> str:
    """A code for a question or an attribute: lower case, letters and digits joined by ``_``, at most 60 characters."""
    code = re.sub(r"\W+", "_", clean_name(name).casefold()).strip("_")
    return code[:CODE_LENGTH].rstrip("_") or "column"


def unique(names: Iterable[str]) -> list[str]:
    """The names with repeated ones told apart: ``x``, ``x (2)``, ``x (3)``. Case does not tell two names apart."""
    seen: set[str] = set()
    result = []
    for name in names:
        candidate, turn = name, 1
        while name_key(candidate) in seen:
            turn += 1
            candidate = f"{name} ({turn})"
        seen.add(name_key(candidate))
        result.append(candidate)
    return result


def header_names(raw: Sequence[str | None]) -> tuple[list[str], list[tuple[str, str]]]:
    """Clean, non-empty, distinct names for a header as found, and the notes of what had to be done."""
    cleaned = [clean_name(name or "") for name in raw]
    unnamed = [str(i + 1) for i, name in enumerate(cleaned) if not name]
    named = [name or f"column {i + 1}" for i, name in enumerate(cleaned)]
    names = unique(named)
    notes = [("unnamed_columns", ", ".join(unnamed))] if unnamed else []
    repeated = [new for old, new in zip(named, names, strict=True) if old != new]
    if repeated:
        notes.append(("duplicate_header", ", ".join(repeated)))
    return names, notes


def find(name: str, columns: Sequence[str]) -> str | None:
    """The column that ``name`` means, whatever its case and stray spaces; None when there is none."""
    wanted = name_key(name)
    return next((column for column in columns if name_key(column) == wanted), None)


def nearest(name: str, columns: Sequence[str]) -> str | None:
    keys = {name_key(column): column for column in columns}
    near = difflib.get_close_matches(name_key(name), keys, n=1)
    return keys[near[0]] if near else None
