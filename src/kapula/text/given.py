"""What callers give to be read, made sure of before an hour's reading begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from kapula.errors import ParameterError
from kapula.text.codebook import Codebook, codebook_of, default
from kapula.text.codebook import read as read_codebook

NEEDED: Final = "Give a list of strings, one a comment; None where there is no comment."


def texts(told: Any) -> Sequence[str | None]:
    """A list of strings and Nones: of a list, an Arrow column, a pandas or Polars series, or anything that goes through its items.

    A missing number (NaN), as pandas has in place of a missing text, is None. Raises ParameterError.
    """
    if isinstance(told, str | bytes | Mapping) or not isinstance(told, Iterable):
        raise ParameterError(
            "These are not comments one by one.", hint=NEEDED, parameter="texts", value=type(told).__name__
        )
    listed = told.to_pylist() if hasattr(told, "to_pylist") else list(told)
    wrong = [place for place, one in enumerate(listed) if not isinstance(one, str) and not _missing(one)]
    if wrong:
        raise ParameterError(
            f"Comment {wrong[0]} is not text but {type(listed[wrong[0]]).__name__}.",
            hint=NEEDED,
            parameter="texts",
            value=wrong[:10],
        )
    return [one if isinstance(one, str) else None for one in listed]


def _missing(one: Any) -> bool:
    return one is None or (isinstance(one, float) and one != one) or type(one).__name__ in ("NAType", "NaTType")


def codebook(told: Any) -> Codebook:
    """A codebook, its file's path, or what such a file would say; the default one for None. Raises ParameterError, SourceError."""
    if told is None:
        return default()
    if isinstance(told, Codebook):
        return told
    if isinstance(told, str | Path):
        return read_codebook(told)
    if isinstance(told, Mapping):
        return codebook_of(told)
    raise ParameterError(
        "This is no codebook.",
        hint="Give a kapula.text.codebook.Codebook, the path of a codebook's file, or what such a file says.",
        parameter="codebook",
        value=type(told).__name__,
    )
